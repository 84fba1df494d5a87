import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Party } from '#features/parties/contract.ts';
import { ApiError } from '#platform/client/client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { choosable, proposedTake, type Choosable } from '../rules.ts';
import { MergeFields } from './merge-fields.tsx';
import { compareQuery, mergesApi, mergeTables } from './merge-queries.ts';

interface MergeDialogProps {
  /** Two contacts; the first is proposed to stay. */
  pair: readonly [string, string] | null;
  onClose: () => void;
  onMerged: (survivor: Party) => void;
}

/** Which of two contacts stays, and of each field whose value. */
export function MergeDialog({ pair, onClose, onMerged }: MergeDialogProps) {
  return (
    <Dialog
      open={pair !== null}
      onOpenChange={(open) => !open && onClose()}
      title="Make them one"
      description="All that belongs to either belongs to the one that stays. For 30 days they can be taken apart again."
      size="lg"
    >
      {pair && <Compare key={pair.join()} pair={pair} onClose={onClose} onMerged={onMerged} />}
    </Dialog>
  );
}

function Compare({ pair, onClose, onMerged }: MergeDialogProps & { pair: readonly [string, string] }) {
  const org = useOrg();
  const [turned, setTurned] = useState(false);
  const [survivorId, otherId] = turned ? [pair[1], pair[0]] : pair;
  const { data, error, refetch } = useQuery(compareQuery(org.slug, survivorId, otherId));
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={6} />;
  return (
    <Choose
      key={`${survivorId} ${data.survivor.version} ${data.other.version}`}
      {...data}
      onTurn={() => setTurned(!turned)}
      onAgain={() => void refetch()}
      onClose={onClose}
      onMerged={onMerged}
    />
  );
}

interface ChooseProps {
  survivor: Party;
  other: Party;
  moves: readonly { words: string; count: number }[];
  onTurn: () => void;
  onAgain: () => void;
  onClose: () => void;
  onMerged: (survivor: Party) => void;
}

function Choose({ survivor, other, moves, onTurn, onAgain, onClose, onMerged }: ChooseProps) {
  const org = useOrg();
  const toast = useToast();
  const [take, setTake] = useState<readonly Choosable[]>(() => proposedTake(survivor, other));
  const [joinNotes, setJoinNotes] = useState(Boolean(survivor.notes && other.notes));
  const merge = useChange(org.slug, mergeTables, (_: void, call) =>
    mergesApi.merge(
      {
        org: org.slug,
        params: { id: survivor.id },
        body: {
          otherId: other.id,
          version: survivor.version,
          otherVersion: other.version,
          take: choosable.filter((field) => take.includes(field)),
          joinNotes,
        },
      },
      call,
    ),
  );
  const stale = merge.error instanceof ApiError && merge.error.code === 'version_conflict';
  const submit = () =>
    merge.mutate(undefined, {
      onSuccess: (merged) => {
        toast({ tone: 'good', title: `${other.name} is ${merged.name} now` });
        onMerged(merged);
      },
    });
  return (
    <>
      <div className="grid gap-4 pb-5">
        <MergeFields
          {...{ survivor, other, take, joinNotes }}
          onTake={(field, theirs) => setTake(theirs ? [...take, field] : take.filter((each) => each !== field))}
          onJoinNotes={setJoinNotes}
        />
        <p className="text-sm text-ink-soft">
          {moves.length === 0
            ? `Nothing else hangs on ${other.name}.`
            : `Moves along: ${moves.map(({ count, words }) => `${count} ${words}`).join(', ')}.`}
        </p>
        {merge.error && <ErrorNotice error={merge.error} {...(stale ? { onRetry: onAgain } : {})} />}
      </div>
      <DialogFooter>
        <Button className="mr-auto" onClick={onTurn}>
          <ArrowLeftRight aria-hidden /> Keep the other
        </Button>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" busy={merge.isPending} onClick={submit}>
          Merge
        </Button>
      </DialogFooter>
    </>
  );
}
