import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { dependsOn } from '#platform/client/query-client.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital, withArticle } from '#features/organisations/web/word-case.ts';
import { claimTitle, statusWord } from '../claim-words.ts';
import type { Claim, ClaimStatus } from '../contract.ts';
import { claimsApi, windowsOf } from './claim-queries.ts';
import type { Refusal } from './conflict-dialog.tsx';
import { conflictsOf } from './conflict-list.tsx';
import { useApplyClaims } from './use-board-data.ts';

export interface MoveTarget {
  resourceId: string;
  startsAt: string;
  endsAt: string;
}

interface Attempt {
  claim: Claim;
  /** How it will probably look, shown at once and taken back on an error. */
  guess?: Claim;
  run: () => Promise<Claim>;
  /** “can’t move there” */
  refused: string;
  done?: string;
}

/** What a user may do to a claim. Each shows at once where it can, and is taken back with the reason when refused. */
export function useClaimChanges() {
  const org = useOrg();
  const queries = useQueryClient();
  const toast = useToast();
  const apply = useApplyClaims(org.slug);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const refresh = useCallback(
    () =>
      queries.invalidateQueries({ predicate: dependsOn(org.slug, new Set(['claims', 'challenges', 'engagements'])) }),
    [queries, org.slug],
  );

  const attempt = async ({ claim, guess, run, refused, done }: Attempt): Promise<Claim | null> => {
    // An answer that set out before the change would overwrite what is shown.
    await queries.cancelQueries({ queryKey: windowsOf(org.slug) });
    if (guess) apply([guess]);
    try {
      const saved = await run();
      apply([saved]);
      if (done) toast({ tone: 'good', title: done });
      return saved;
    } catch (error) {
      if (guess) apply([claim]);
      const title = `${claimTitle(claim)} ${refused}`;
      const conflicts = conflictsOf(error);
      if (conflicts.length > 0)
        setRefusal({ title, asked: claimTitle(claim), conflicts, challenge: challengeOf(claim, conflicts) });
      else if (error instanceof ApiError && error.code === 'version_conflict') {
        toast({ tone: 'danger', title, detail: 'Somebody changed it a moment ago. Look at it again, then decide.' });
      } else toast({ tone: 'danger', title, detail: errorText(error) });
      return null;
    } finally {
      void refresh();
    }
  };

  const request = (claim: Claim) => ({ org: org.slug, params: { id: claim.id } });

  /** Offered when the only thing in the way is the hold in front of ours. */
  const challengeOf = (claim: Claim, conflicts: Refusal['conflicts']) => {
    const front = conflicts.flatMap(({ blockers }) => blockers).find(({ status }) => status === 'hold');
    return claim.status === 'hold' && front ? () => void challenge(front.claimId, claim) : undefined;
  };

  const challenge = (claimId: string, challenger: Claim) =>
    attempt({
      claim: challenger,
      run: async () => {
        await claimsApi.challenge({ org: org.slug, params: { id: claimId }, body: { challengerId: challenger.id } });
        return challenger;
      },
      refused: 'can’t challenge',
      done: 'Challenged. The clock runs.',
    });

  return {
    refusal,
    closeRefusal: () => setRefusal(null),
    move: (claim: Claim, target: MoveTarget) =>
      attempt({
        claim,
        guess: { ...claim, ...target },
        run: () => claimsApi.move({ ...request(claim), body: { version: claim.version, ...target } }),
        refused: 'can’t move there',
      }),
    setStatus: (claim: Claim, status: ClaimStatus) =>
      attempt({
        claim,
        run: () => claimsApi.setStatus({ ...request(claim), body: { version: claim.version, status } }),
        refused: `can’t become ${withArticle(statusWord(org.pack, status))}`,
        done: `${claimTitle(claim)}: ${capital(statusWord(org.pack, status))}`,
      }),
    setRank: (claim: Claim, rank: number) =>
      attempt({
        claim,
        run: () => claimsApi.setRank({ ...request(claim), body: { version: claim.version, rank } }),
        refused: 'can’t take that rank',
      }),
    change: (claim: Claim, fields: { note?: string; expiresAt?: string | null }) =>
      attempt({
        claim,
        guess: { ...claim, ...fields },
        run: () => claimsApi.change({ ...request(claim), body: { version: claim.version, ...fields } }),
        refused: 'couldn’t be changed',
      }),
    challenge,
    waive: (claim: Claim) =>
      attempt({
        claim,
        run: () => claimsApi.waive({ ...request(claim), body: {} }),
        refused: 'is still challenged',
        done: 'The challenge is taken back.',
      }),
    release: async (list: readonly Claim[], reason: string) => {
      try {
        const { promoted } = await claimsApi.release({
          org: org.slug,
          body: { claimIds: list.map(({ id }) => id), reason },
        });
        apply(
          [],
          list.map(({ id }) => id),
        );
        const moved =
          promoted.length === 0
            ? undefined
            : `${promoted.length} ${promoted.length === 1 ? org.words.hold.one : org.words.hold.many} moved up.`;
        toast({ tone: 'good', title: list.length === 1 ? 'Released' : `${list.length} released`, detail: moved });
      } finally {
        void refresh();
      }
    },
  };
}

export type ClaimChanges = ReturnType<typeof useClaimChanges>;
