import { isService, kindLabel } from '#features/engagements/timeline/item-kinds.ts';
import { spanText } from '#features/scheduling/claims/rules.ts';
import { minorDigits } from '#platform/text/money.ts';

/** A service as a letter tells it. */
export interface LetterService {
  kind: string;
  title: string;
  startsAt: string;
  endsAt: string;
  /** Of the place. */
  zone: string;
  place: string | null;
  address: string | null;
  dress: string;
}

/** `Fri 1 May 2026, 10:00–12:30 (Europe/Berlin): Rehearsal, Great Hall. Dress: black` */
export function serviceLine(service: LetterService): string {
  const { kind, title, place, address, dress } = service;
  const label = isService(kind) ? kindLabel(kind) : title || kindLabel(kind);
  const what = title !== '' && title !== label ? `${label} (${title})` : label;
  const where = [what, place, address].filter((part) => part !== null && part !== '').join(', ');
  return `${spanText(service, service.zone)}: ${where}${dress === '' ? '' : `. Dress: ${dress}`}`;
}

interface Fee {
  /** For all services together. */
  minor: number | null;
  currency: string | null;
}

/** @param part they come to fewer than these services, and the fee was for all */
export function feeWords({ minor, currency }: Fee, services: number, part: boolean): string {
  if (minor === null || currency === null) return 'as agreed';
  const fee = new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(
    minor / 10 ** minorDigits(currency),
  );
  if (services < 2) return fee;
  const all = `${fee} for ${services === 2 ? 'both' : `all ${services}`} services together`;
  return part ? `${all}; ask us what it is for a part of them` : all;
}

/** `Mon 20 Apr 2026, 18:00 (Europe/Berlin)`. */
export function momentWords(at: string, zone: string): string {
  return spanText({ startsAt: at, endsAt: at }, zone).replace(/–\S+/, '');
}
