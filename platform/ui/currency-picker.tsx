import { Combobox, type ComboOption } from './combobox.tsx';
import type { ControlProps } from './field-frame.tsx';

let known: ComboOption[] | undefined;

function currencyOptions(): ComboOption[] {
  const names = new Intl.DisplayNames(undefined, { type: 'currency' });
  known ??= Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: code, hint: names.of(code) }));
  return known;
}

const byRegion: Readonly<Record<string, string>> = {
  AU: 'AUD',
  BR: 'BRL',
  CA: 'CAD',
  CH: 'CHF',
  CZ: 'CZK',
  DK: 'DKK',
  GB: 'GBP',
  HU: 'HUF',
  IN: 'INR',
  JP: 'JPY',
  MX: 'MXN',
  NO: 'NOK',
  NZ: 'NZD',
  PL: 'PLN',
  SE: 'SEK',
  SG: 'SGD',
  US: 'USD',
  ZA: 'ZAR',
};

/** The currency of the reader's region, a first guess; the euro where we don't know. */
export function likelyCurrency(): string {
  return byRegion[new Intl.Locale(navigator.language).region ?? ''] ?? 'EUR';
}

/** Chooses an ISO 4217 currency. */
export function CurrencyPicker({
  value,
  onValue,
  clearable,
  ...control
}: Partial<ControlProps> & {
  value: string | null;
  onValue: (code: string | null) => void;
  clearable?: boolean;
  'aria-label'?: string;
}) {
  return (
    <Combobox
      value={value}
      onValue={onValue}
      options={currencyOptions()}
      clearable={clearable}
      placeholder="Choose a currency…"
      {...control}
    />
  );
}
