import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import type { DeclineReason, WithdrawReason } from '#features/calls/cascades/person-call-contract.ts';
import { answers } from '../contract.ts';

export const answersApi = createClient(answers);

/** Nobody tells this page of changes: the office’s answers and the true state are asked for so often, in milliseconds. */
const lookAgain = 60_000;

export const answerQuery = (params: { orgId: string; token: string }) =>
  queryOptions({
    queryKey: ['answer', params.orgId, params.token],
    queryFn: ({ signal }) => answersApi.get({ params }, { signal }),
    retry: false,
    refetchOnWindowFocus: true,
    staleTime: 0,
    refetchInterval: lookAgain,
  });

/** What somebody does with a call that is theirs. */
export type Act =
  | { kind: 'accept'; services?: string[]; seen: string }
  | { kind: 'decline'; reason: DeclineReason; note: string }
  | { kind: 'withdraw'; reason: WithdrawReason; note: string }
  | { kind: 'ask'; body: string };
