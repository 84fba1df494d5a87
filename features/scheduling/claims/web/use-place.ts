import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { dependsOn } from '#platform/client/query-client.ts';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ClaimStatus, Conflict } from '../contract.ts';
import { claimsApi } from './claim-queries.ts';
import { conflictsOf } from './conflict-list.tsx';
import { claimsOfDraft, type PlaceDraft } from './place-draft.ts';
import { useEngagementSource } from './engagement-source.ts';
import { useApplyClaims } from './use-board-data.ts';

interface PlaceState {
  busy: boolean;
  error: unknown;
  conflicts: readonly Conflict[];
}

const idle: PlaceState = { busy: false, error: null, conflicts: [] };

/** Places all claims of a draft in one request, or none. */
export function usePlace(onDone: () => void) {
  const org = useOrg();
  const queries = useQueryClient();
  const toast = useToast();
  const apply = useApplyClaims(org.slug);
  const source = useEngagementSource();
  const [state, setState] = useState<PlaceState>(idle);
  /** Made by a try that was then refused: the next one uses it instead of making another. */
  const made = useRef<string | null>(null);

  const engagementOf = async (draft: PlaceDraft): Promise<string | null> => {
    const { subject, times, resources } = draft;
    if (subject.kind === 'blocked') return null;
    if (subject.kind === 'existing') return subject.id;
    if (made.current) return made.current;
    const starts = times.flatMap(({ startsAt }) => startsAt ?? []).toSorted();
    const ends = times.flatMap(({ endsAt }) => endsAt ?? []).toSorted();
    const place = resources.find(({ kind }) => kind === 'place');
    made.current = await source.create(org.slug, {
      title: subject.title.trim(),
      placeId: place?.id ?? null,
      startsAt: starts[0] ?? '',
      endsAt: ends.at(-1) ?? '',
    });
    return made.current;
  };

  const place = async (draft: PlaceDraft, status: ClaimStatus) => {
    setState({ ...idle, busy: true });
    try {
      const asked = claimsOfDraft(draft);
      // A refusal known beforehand spares us an engagement that holds nothing.
      if (status === 'commit' && draft.subject.kind === 'new') {
        const { conflicts } = await claimsApi.check({ org: org.slug, body: { claims: asked } });
        if (conflicts.length > 0) {
          setState({ ...idle, conflicts });
          return;
        }
      }
      const engagementId = await engagementOf(draft);
      const more = { status, note: draft.note.trim(), expiresAt: status === 'commit' ? null : draft.expiresAt };
      const { claims } = await claimsApi.place({
        org: org.slug,
        body: { engagementId, claims: asked.map((claim) => ({ ...claim, ...more })) },
      });
      apply(claims);
      const word = claims.length === 1 ? org.words[status].one : org.words[status].many;
      toast({ tone: 'good', title: engagementId ? `${claims.length} ${word} placed` : 'Time blocked' });
      onDone();
    } catch (error) {
      setState({ ...idle, error, conflicts: conflictsOf(error) });
    } finally {
      void queries.invalidateQueries({ predicate: dependsOn(org.slug, new Set(['claims', 'engagements'])) });
    }
  };

  return { ...state, place };
}
