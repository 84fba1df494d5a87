import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { withArticle } from '#features/organisations/web/word-case.ts';
import type { ResourceKind } from '../../resources/contract.ts';
import type { Conflict } from '../contract.ts';
import { ConflictList } from './conflict-list.tsx';

/** A refusal of the server, and what may be done about it. */
export interface Refusal {
  /** “Mahler 5 can’t move there” */
  title: string;
  /** What was asked for, as the other side of the conflict. */
  asked?: string;
  conflicts: readonly Conflict[];
  kind?: ResourceKind;
  /** Asks for the same as a hold, in the queue. */
  holdInstead?: () => void;
  /** Starts the clock for the hold in front. */
  challenge?: () => void;
}

interface ConflictDialogProps {
  refusal: Refusal | null;
  onClose: () => void;
  zoneOf?: (resourceId: string) => string;
}

/** Says in plain words why something was refused, with both sides and the ways out. Nothing was saved. */
export function ConflictDialog({ refusal, onClose, zoneOf }: ConflictDialogProps) {
  const org = useOrg();
  const first = refusal?.conflicts[0];
  const then = (run: () => void) => () => {
    onClose();
    run();
  };
  return (
    <Dialog
      open={refusal !== null}
      onOpenChange={(open) => !open && onClose()}
      title={refusal?.title ?? ''}
      description="Nothing was changed."
      size="md"
    >
      {refusal && (
        <>
          <div className="pb-5">
            <ConflictList conflicts={refusal.conflicts} asked={refusal.asked} zoneOf={zoneOf} />
          </div>
          <DialogFooter>
            {first && (
              <Button asChild>
                <Link
                  to="/o/$org/find"
                  params={{ org: org.slug }}
                  search={{ kind: refusal.kind ?? 'person', startsAt: first.startsAt, endsAt: first.endsAt }}
                >
                  <Search aria-hidden />
                  Find a free one
                </Link>
              </Button>
            )}
            {refusal.challenge && (
              <Button onClick={then(refusal.challenge)}>Challenge the first {org.words.hold.one}</Button>
            )}
            {refusal.holdInstead ? (
              <Button variant="primary" onClick={then(refusal.holdInstead)}>
                Place {withArticle(org.words.hold.one)} instead
              </Button>
            ) : (
              <Button variant="primary" onClick={onClose}>
                OK
              </Button>
            )}
          </DialogFooter>
        </>
      )}
    </Dialog>
  );
}
