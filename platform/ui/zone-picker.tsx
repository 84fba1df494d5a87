import { zoneCity, zoneOffset } from '#platform/time/format.ts';
import { Combobox, type ComboOption } from './combobox.tsx';

interface ZonePickerProps {
  value: string | null;
  onValue: (zone: string | null) => void;
  /** What null means: “Same as the organisation”. Absent: a zone must be chosen. */
  noneLabel?: string;
  id?: string;
  disabled?: boolean;
  className?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

let known: ComboOption[] | undefined;

/** Every zone of the browser's IANA database, found by city, region or offset. Made once: 400 formatters take a while. */
function zoneOptions(): ComboOption[] {
  const now = new Date().toISOString();
  known ??= ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({
    value: zone,
    label: zone === 'UTC' ? 'UTC' : `${zoneCity(zone)} (${zone.slice(0, Math.max(0, zone.lastIndexOf('/')))})`,
    hint: zoneOffset(zone, now),
  }));
  return known;
}

/** Chooses an IANA time zone. */
export function ZonePicker({ value, onValue, noneLabel, ...rest }: ZonePickerProps) {
  return (
    <Combobox
      value={value}
      valueLabel={value ? `${zoneCity(value)} (${value})` : null}
      onValue={onValue}
      options={zoneOptions()}
      placeholder={noneLabel ?? 'Choose a time zone…'}
      clearable={noneLabel !== undefined}
      empty="No zone has this name. Try the nearest large city."
      {...rest}
    />
  );
}
