import type { Org } from '#features/organisations/web/org-context.tsx';
import { withArticle } from '#features/organisations/web/word-case.ts';
import type { Resource } from '../../resources/contract.ts';
import type { ClaimStatus } from '../contract.ts';
import type { CheckedClaim } from './use-check.ts';

/** What the dialog that places claims starts from. */
export interface PlaceStart {
  resources: readonly Resource[];
  startsAt: string | null;
  endsAt: string | null;
  /** Fixed on an engagement's own page. */
  engagement?: { id: string; title: string };
  status?: ClaimStatus;
}

export interface PlaceTime {
  startsAt: string | null;
  endsAt: string | null;
}

export type PlaceSubject =
  { kind: 'existing'; id: string | null; title: string | null } | { kind: 'new'; title: string } | { kind: 'blocked' };

export interface PlaceDraft {
  subject: PlaceSubject;
  status: ClaimStatus;
  resources: readonly Resource[];
  times: readonly PlaceTime[];
  expiresAt: string | null;
  note: string;
}

export function firstDraft(start: PlaceStart): PlaceDraft {
  return {
    subject: start.engagement ? { kind: 'existing', ...start.engagement } : { kind: 'new', title: '' },
    status: start.status ?? 'hold',
    resources: start.resources,
    times: [{ startsAt: start.startsAt, endsAt: start.endsAt }],
    expiresAt: null,
    note: '',
  };
}

/** The wall clock that the times are typed by: the resources' own where they agree. */
export function zoneOfDraft(draft: PlaceDraft, org: Org): string {
  const zones = new Set(draft.resources.map(({ zone }) => zone ?? org.zone));
  const [only] = zones;
  return zones.size === 1 && only ? only : org.zone;
}

export function claimsOfDraft(draft: PlaceDraft): CheckedClaim[] {
  return draft.times.flatMap(({ startsAt, endsAt }) =>
    startsAt && endsAt ? draft.resources.map(({ id }) => ({ resourceId: id, startsAt, endsAt })) : [],
  );
}

/** What is missing before it can be placed, as a sentence; null when nothing is. */
export function missing(draft: PlaceDraft, org: Org): string | null {
  const { subject, times, resources } = draft;
  if (subject.kind === 'existing' && !subject.id) return `Choose ${withArticle(org.words.engagement.one)}.`;
  if (subject.kind === 'new' && subject.title.trim() === '') return `Name the ${org.words.engagement.one}.`;
  if (resources.length === 0) return 'Choose who or what to place.';
  if (times.some(({ startsAt, endsAt }) => !startsAt || !endsAt)) return 'Give each date a start and an end.';
  if (times.some(({ startsAt, endsAt }) => startsAt && endsAt && startsAt >= endsAt))
    return 'The end must be after the start.';
  if (resources.length * times.length > 200) return 'At most 200 at once: choose fewer dates or resources.';
  return null;
}
