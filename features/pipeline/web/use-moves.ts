import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { stageMove } from '#features/engagements/rules.ts';
import { engagementsApi } from '#features/engagements/web/engagement-queries.ts';
import type { Stage } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useChange } from '#platform/client/use-change.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { PipelineCard } from '../contract.ts';
import { boardQuery, type BoardFilter } from './pipeline-queries.ts';

/** A move that wants a reason, or a confirmation of all that is held. */
export interface AskedMove {
  card: PipelineCard;
  stage: Stage;
  confirms: boolean;
}

/** Moves cards through their stages: at once between open ones, else by asking first. */
export function useMoves(filter: BoardFilter) {
  const org = useOrg();
  const toast = useToast();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<AskedMove | null>(null);
  const { mutate } = useChange(
    org.slug,
    ['engagements', 'stage_decisions'],
    ({ id, version, stage }: { id: string; version: number; stage: string }) =>
      engagementsApi.setStage({ org: org.slug, params: { id }, body: { version, stage } }),
  );
  const key = JSON.stringify(filter);
  const move = useCallback(
    (card: PipelineCard, to: string) => {
      const stage = packs[card.pack].stages.find((each) => each.key === to);
      if (!stage || to === card.stage) return;
      const answer = stageMove(packs[card.pack], to, card.confirmedAt !== null);
      const confirms = 'refused' in answer;
      if (confirms || answer.move.releases || answer.move.unconfirms) return setAsked({ card, stage, confirms });
      // It lies there before the server has answered; when it refuses, what it says comes back.
      const { queryKey } = boardQuery(org.slug, JSON.parse(key) as BoardFilter);
      queries.setQueryData(
        queryKey,
        (board) =>
          board && {
            ...board,
            cards: board.cards.map((each) =>
              each.id === card.id ? { ...each, stage: to, stageSince: new Date().toISOString() } : each,
            ),
          },
      );
      mutate(
        { id: card.id, version: card.version, stage: to },
        {
          onError: (error) =>
            toast({ tone: 'danger', title: `${card.title} stays where it was`, detail: errorText(error) }),
        },
      );
    },
    [mutate, org.slug, queries, toast, key],
  );
  return { move, asked, close: () => setAsked(null) };
}
