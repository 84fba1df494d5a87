import { formatMoney } from '#platform/text/money.ts';

/** A field as a revision keeps it; more of it than this may be there. */
export interface AnsweredField {
  key: string;
  type: string;
  label: string;
  [more: string]: unknown;
}

/**
 * An answer in words, one line each; none when nothing was said. Values are looked at closely, as they come from a record
 * that older versions of Holdfast may have written.
 */
export function answerLines(
  field: AnsweredField,
  value: unknown,
  placeNames: Readonly<Record<string, string>>,
): string[] {
  switch (field.type) {
    case 'consent':
      return value === true ? ['Yes'] : [];
    case 'choice_one':
    case 'choice_many':
      return textsOf(value).map((key) => labelOf(field, key));
    case 'place':
      return textsOf(value).map((id) => placeNames[id] ?? 'A place that is gone');
    case 'money':
      return isAmount(value) ? [formatMoney(value.minor, value.currency)] : [];
    case 'date':
      return textsOf(value).map((day) => wallWords(`${day}T00:00`, 'day'));
    case 'times':
      return isTimes(value) ? [timesWords(value.from, value.to)] : [];
    case 'number':
      return typeof value === 'number' ? [new Intl.NumberFormat().format(value)] : [];
    case 'section':
      return [];
    case 'file': {
      const count = textsOf(value).length;
      return count === 0 ? [] : [count === 1 ? 'One file' : `${count} files`];
    }
    default:
      return textsOf(value).flatMap((text) => text.split('\n'));
  }
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function labelOf(field: AnsweredField, key: string): string {
  const { options } = field;
  const found: unknown = Array.isArray(options)
    ? options.find((each) => isOption(each) && each.key === key)
    : undefined;
  return isOption(found) ? found.label : key;
}

function isOption(value: unknown): value is { key: string; label: string } {
  return (
    typeof value === 'object' && value !== null && 'key' in value && 'label' in value && typeof value.label === 'string'
  );
}

function isAmount(value: unknown): value is { minor: number; currency: string } {
  if (typeof value !== 'object' || value === null || !('minor' in value) || !('currency' in value)) return false;
  return typeof value.minor === 'number' && typeof value.currency === 'string';
}

function isTimes(value: unknown): value is { from: string; to: string } {
  if (typeof value !== 'object' || value === null || !('from' in value) || !('to' in value)) return false;
  return typeof value.from === 'string' && typeof value.to === 'string';
}

const styles = {
  day: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  time: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** What a clock on the wall shows, as written: nothing is moved between zones. */
function wallWords(wall: string, style: keyof typeof styles): string {
  const at = new Date(`${wall}:00Z`);
  return Number.isFinite(at.getTime())
    ? new Intl.DateTimeFormat(undefined, { ...styles[style], timeZone: 'UTC' }).format(at)
    : wall;
}

function timesWords(from: string, to: string): string {
  const [start, end] = [new Date(`${from}:00Z`), new Date(`${to}:00Z`)];
  if (!Number.isFinite(start.getTime()) || !Number.isFinite(end.getTime())) return `${from} – ${to}`;
  return new Intl.DateTimeFormat(undefined, { ...styles.time, timeZone: 'UTC' }).formatRange(start, end);
}
