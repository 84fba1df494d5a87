import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Temporal } from 'temporal-polyfill';
import type { Resource } from '../../resources/contract.ts';
import type { Claim } from '../contract.ts';
import { trackOf, type Span, type Track } from '../timeline-rules.ts';
import { applyClaims, boardResourcesQuery, windowQuery, windowsOf, type BoardWindow } from './claim-queries.ts';

/** Time off, or busy by an outside calendar. */
export interface BusySpan extends Span {
  readonly kind: 'time_off' | 'busy';
  readonly summary: string;
}

export interface BoardData {
  readonly resources: readonly Resource[];
  readonly claims: readonly Claim[];
  readonly busy: ReadonlyMap<string, Track<BusySpan>>;
  readonly loading: boolean;
  /** The first load of the windows seen is under way. */
  readonly loadingClaims: boolean;
  readonly error: Error | null;
  /** False when a window held more than the server sends at once. */
  readonly complete: boolean;
}

/**
 * Resources, and the claims of the calendar months (or quarters) that a stretch of time touches. Whole calendar
 * pieces are cached apart, so scrolling loads only what is new and a change refetches only what is seen.
 */
export function useBoardData(slug: string, from: number, to: number, months: 1 | 3): BoardData {
  const queries = useQueryClient();
  const resources = useQuery(boardResourcesQuery(slug));
  const pieces = useMemo(() => calendarPieces(from, to, months), [from, to, months]);
  const windows = useQueries({
    queries: pieces.map((piece) => windowQuery(slug, piece.from, piece.to)),
    combine: combineWindows,
  });
  const claims = useMemo(() => {
    const loaded = windows.data.flatMap((window) => window?.claims ?? []);
    // While a piece is on its way, what other zooms loaded for the same time stands in for it.
    if (windows.loading) {
      for (const [, window] of queries.getQueriesData<BoardWindow>({ queryKey: windowsOf(slug) })) {
        loaded.push(...(window?.claims ?? []));
      }
    }
    return [...new Map(loaded.map((claim) => [claim.id, claim])).values()];
  }, [windows, queries, slug]);
  const busy = useMemo(() => busyTracks(windows.data), [windows]);
  return {
    resources: resources.data ?? [],
    claims,
    busy,
    loading: resources.isPending,
    loadingClaims: windows.loading,
    error: resources.error ?? windows.error,
    complete: windows.data.every((window) => window?.complete ?? true),
  };
}

/** Writes into the board's cache: see `applyClaims`. */
export function useApplyClaims(slug: string) {
  const queries = useQueryClient();
  return useMemo(
    () => (changed: readonly Claim[], removed?: readonly string[]) => applyClaims(queries, slug, changed, removed),
    [queries, slug],
  );
}

interface WindowResult {
  data: BoardWindow | undefined;
  isPending: boolean;
  error: Error | null;
}

function combineWindows(results: WindowResult[]) {
  return {
    data: results.map(({ data }) => data),
    loading: results.some(({ isPending }) => isPending),
    error: results.find(({ error }) => error)?.error ?? null,
  };
}

/** The months or quarters (of UTC: only their being the same each time matters) that touch [from, to). */
function calendarPieces(from: number, to: number, months: 1 | 3): { from: number; to: number }[] {
  const first = Temporal.Instant.fromEpochMilliseconds(Math.round(from)).toZonedDateTimeISO('UTC').toPlainDate();
  let date = first.with({ day: 1, month: first.month - ((first.month - 1) % months) });
  const at = (day: Temporal.PlainDate) => Date.UTC(day.year, day.month - 1, 1);
  const pieces: { from: number; to: number }[] = [];
  while (at(date) < to) {
    const next = date.add({ months });
    pieces.push({ from: at(date), to: at(next) });
    date = next;
  }
  return pieces;
}

function busyTracks(windows: readonly (BoardWindow | undefined)[]): Map<string, Track<BusySpan>> {
  const spans = new Map<string, Map<string, BusySpan>>();
  for (const { resourceId, startsAt, endsAt, kind, summary } of windows.flatMap((window) => window?.busy ?? [])) {
    const id = `${kind}/${startsAt}/${endsAt}`;
    const ofResource = spans.get(resourceId) ?? new Map<string, BusySpan>();
    ofResource.set(id, { id, start: Date.parse(startsAt), end: Date.parse(endsAt), kind, summary });
    spans.set(resourceId, ofResource);
  }
  return new Map([...spans].map(([id, list]) => [id, trackOf([...list.values()])]));
}
