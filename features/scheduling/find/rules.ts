/** What the search knows of one match beyond its record. */
export interface Standing {
  skill: string | undefined;
  /** Of the skill asked for. */
  level: number | null;
  distanceKm: number | null;
  holds: number;
  pencils: number;
  /** Units still free at every instant, of a pooled resource. */
  freeUnits: number | null;
  rateMinor: number | null;
  rateCurrency: string | null;
  rateUnit: 'hour' | 'day' | 'service' | null;
}

/** Why a match stands where it does, in the order of the ranking. */
export function reasonsOf(standing: Standing): string[] {
  const { skill, level, distanceKm, freeUnits, rateMinor, rateCurrency, rateUnit } = standing;
  const reasons: string[] = [];
  if (skill !== undefined && level !== null) reasons.push(`${skill}, ${levelWords[level] ?? `level ${level}`}`);
  if (distanceKm !== null) reasons.push(distanceText(distanceKm));
  if (freeUnits !== null) reasons.push(`${freeUnits} ${freeUnits === 1 ? 'unit' : 'units'} free`);
  reasons.push(interestText(standing));
  if (rateMinor !== null && rateCurrency !== null && rateUnit !== null) {
    reasons.push(`${money(rateMinor, rateCurrency)} ${unitWords[rateUnit]}`);
  }
  return reasons;
}

const levelWords: Readonly<Record<number, string>> = {
  1: 'learning',
  2: 'able',
  3: 'good',
  4: 'very good',
  5: 'outstanding',
};
const unitWords = { hour: 'an hour', day: 'a day', service: 'a service' } as const;

function distanceText(km: number): string {
  return km < 1 ? 'less than 1 km away' : `${Math.round(km)} km away`;
}

function interestText({ holds, pencils }: Pick<Standing, 'holds' | 'pencils'>): string {
  if (holds === 0 && pencils === 0) return 'nobody else holds this time';
  const parts = [counted(holds, 'hold'), counted(pencils, 'pencil')].filter((part) => part !== '');
  return `${parts.join(' and ')} at this time`;
}

function counted(count: number, word: string): string {
  return count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** Making a formatter takes about 50 µs, more than everything else here. */
const formats = new Map<string, { format: Intl.NumberFormat; digits: number }>();

/** `money(35000, 'EUR')` → `€ 350`; whole amounts without decimals. */
export function money(minor: number, currency: string): string {
  const known = formats.get(currency) ?? moneyFormat(currency);
  formats.set(currency, known);
  const parts = known.format.formatToParts(minor / 10 ** known.digits);
  const of = (wanted: (type: string) => boolean) =>
    parts
      .filter(({ type }) => wanted(type))
      .map(({ value }) => value)
      .join('');
  return `${of((type) => type === 'currency')} ${of((type) => type !== 'currency' && type !== 'literal')}`;
}

function moneyFormat(currency: string) {
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    trailingZeroDisplay: 'stripIfInteger',
  });
  return { format, digits: format.resolvedOptions().maximumFractionDigits ?? 2 };
}
