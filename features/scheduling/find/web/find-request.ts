import type { Resource } from '../../resources/contract.ts';
import { minorDigits } from '#platform/text/money.ts';
import type { FindRequest } from './find-queries.ts';
import type { FindSearch } from './find-search.ts';

export interface Span {
  startsAt: string;
  endsAt: string;
}

const longest = 92 * 86_400_000;

/** What is asked of the server, or why it can't be asked yet, in words. Null without a time. */
export function requestOf(
  search: FindSearch,
  time: Span | null,
  near: Resource | undefined,
  currency: string,
): { ok: true; request: FindRequest } | { ok: false; problem: string } | null {
  if (!time) return null;
  const length = Date.parse(time.endsAt) - Date.parse(time.startsAt);
  if (length <= 0) return { ok: false, problem: 'The end must be after the start.' };
  if (length > longest) return { ok: false, problem: 'Search at most 92 days at once.' };
  const nowhere = near !== undefined && (near.latitude === null || near.longitude === null);
  if (nowhere)
    return {
      ok: false,
      problem: `${near.name} has no latitude and longitude, so no distance can be measured from it. Add them on its page.`,
    };
  const request: FindRequest = { kind: search.kind ?? 'person', ...time, limit: 100 };
  if (search.skill) Object.assign(request, { skill: search.skill, minLevel: search.minLevel ?? 1 });
  if (search.tags) request.tags = search.tags;
  if (search.units) request.units = search.units;
  if (near) Object.assign(request, { latitude: near.latitude, longitude: near.longitude, withinKm: search.withinKm });
  if (search.maxRate !== undefined) {
    const maxRateMinor = Math.round(search.maxRate * 10 ** minorDigits(currency));
    Object.assign(request, { maxRateMinor, rateCurrency: currency, rateUnit: search.rateUnit ?? 'service' });
  }
  return { ok: true, request };
}
