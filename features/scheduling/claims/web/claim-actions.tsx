import {
  ArrowUpRight,
  CheckCheck,
  Clock,
  Hourglass,
  ListOrdered,
  PencilLine,
  ShieldQuestion,
  StickyNote,
  Trash2,
  Undo2,
} from 'lucide-react';
import { useState, type ComponentProps } from 'react';
import { Link } from '@tanstack/react-router';
import { cn } from '#platform/ui/class-names.ts';
import { useOrg, type Org } from '#features/organisations/web/org-context.tsx';
import { withArticle } from '#features/organisations/web/word-case.ts';
import { ordinal } from '../claim-words.ts';
import type { Claim } from '../contract.ts';
import { ExpiryEditor, NoteEditor, RankEditor } from './claim-editors.tsx';
import type { ClaimChanges } from './use-claim-changes.ts';

interface ClaimActionsProps {
  claim: Claim;
  /** The hold right in front of this one, when there is one. */
  inFront: Claim | null;
  changes: ClaimChanges;
  onRelease: (claim: Claim) => void;
  onDone: () => void;
  /** Left out on the engagement's own page. */
  linkToEngagement?: boolean;
}

type Editing = 'note' | 'expiry' | 'rank' | null;

/** What may be done with a claim, by its status and the member's permissions. */
export function ClaimActions({
  claim,
  inFront,
  changes,
  onRelease,
  onDone,
  linkToEngagement = true,
}: ClaimActionsProps) {
  const org = useOrg();
  const [editing, setEditing] = useState<Editing>(null);
  const close = { claim, changes, onClose: () => setEditing(null) };
  if (editing === 'note') return <NoteEditor {...close} />;
  if (editing === 'expiry') return <ExpiryEditor {...close} />;
  if (editing === 'rank') return <RankEditor {...close} />;
  const act = (run: () => Promise<unknown>) => () => {
    onDone();
    void run();
  };
  const mayHold = org.can('claims.hold');
  const mayCommit = org.can('claims.commit');
  const open = claim.status !== 'commit';
  return (
    <div className="flex flex-col">
      {linkToEngagement && claim.engagementId && (
        <Link to="/o/$org/engagements/$id" params={{ org: org.slug, id: claim.engagementId }} className={rowLook}>
          <ArrowUpRight aria-hidden /> Open the {org.words.engagement.one}
        </Link>
      )}
      {linkToEngagement && claim.inquiryId && org.can('intake.read') && (
        <Link to="/o/$org/inquiries/$id" params={{ org: org.slug, id: claim.inquiryId }} className={rowLook}>
          <ArrowUpRight aria-hidden /> Open the {org.words.inquiry.one}
        </Link>
      )}
      {mayCommit && open && claim.engagementId && (
        <Action onClick={act(() => changes.setStatus(claim, 'commit'))}>
          <CheckCheck aria-hidden /> Make it {withArticle(org.words.commit.one)}
        </Action>
      )}
      {mayHold && <StepActions claim={claim} org={org} act={act} changes={changes} mayCommit={mayCommit} />}
      {mayHold && inFront && !inFront.challenge && (
        <Action onClick={act(() => changes.challenge(inFront.id, claim))}>
          <ShieldQuestion aria-hidden /> Challenge the {ordinal(inFront.rank ?? 1)} {org.words.hold.one}
        </Action>
      )}
      {mayHold && claim.challenge && (
        <Action onClick={act(() => changes.waive(claim))}>
          <Undo2 aria-hidden /> Waive the challenge
        </Action>
      )}
      {mayCommit && claim.status === 'hold' && (
        <Action onClick={() => setEditing('rank')}>
          <ListOrdered aria-hidden /> Change its rank…
        </Action>
      )}
      {mayHold && open && (
        <Action onClick={() => setEditing('expiry')}>
          <Hourglass aria-hidden /> {claim.expiresAt ? 'Change when it expires…' : 'Let it expire…'}
        </Action>
      )}
      {mayHold && (
        <Action onClick={() => setEditing('note')}>
          <StickyNote aria-hidden /> {claim.note ? 'Change the note…' : 'Add a note…'}
        </Action>
      )}
      {(open ? mayHold : mayCommit) && (
        <Action onClick={() => onRelease(claim)} className="text-danger hover:bg-danger-soft hover:text-on-danger-soft">
          <Trash2 aria-hidden /> Release…
        </Action>
      )}
    </div>
  );
}

interface StepProps {
  claim: Claim;
  org: Org;
  act: (run: () => Promise<unknown>) => () => void;
  changes: ClaimChanges;
  mayCommit: boolean;
}

/** Up from a pencil, or back from what it became. */
function StepActions({ claim, org, act, changes, mayCommit }: StepProps) {
  if (claim.engagementId === null) return null;
  const { words } = org;
  return (
    <>
      {(claim.status === 'pencil' || (claim.status === 'commit' && mayCommit)) && (
        <Action onClick={act(() => changes.setStatus(claim, 'hold'))}>
          <Clock aria-hidden />{' '}
          {claim.status === 'pencil'
            ? `Make it ${withArticle(words.hold.one)}`
            : `Step back to ${withArticle(words.hold.one)}`}
        </Action>
      )}
      {claim.status === 'hold' && (
        <Action onClick={act(() => changes.setStatus(claim, 'pencil'))}>
          <PencilLine aria-hidden /> Step back to {withArticle(words.pencil.one)}
        </Action>
      )}
    </>
  );
}

const rowLook =
  'flex min-h-8 items-center gap-2.5 rounded-md px-2 py-1 text-left text-sm hover:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:opacity-70 pointer-coarse:min-h-11';

function Action({ className, ...props }: ComponentProps<'button'>) {
  return <button type="button" className={cn(rowLook, className)} {...props} />;
}
