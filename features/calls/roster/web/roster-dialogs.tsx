import { Link } from '@tanstack/react-router';
import { useChange } from '#platform/client/use-change.ts';
import { ConfirmDialog, Dialog } from '#platform/ui/dialog.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { HeldChair, Position } from '../contract.ts';
import { EditChair, GiveChair } from './chair-forms.tsx';
import { Holders } from './holders.tsx';
import { PositionForm } from './position-form.tsx';
import { RosterImport } from './roster-import.tsx';
import { rosterApi, rosterTables } from './roster-queries.ts';

export type RosterDialog =
  | { kind: 'position'; position: Position | null }
  | { kind: 'remove'; position: Position }
  | { kind: 'holders'; position: Position }
  | { kind: 'give'; position: Position; number: number }
  | { kind: 'chair'; chair: HeldChair; position: Position }
  | { kind: 'import' };

interface RosterDialogsProps {
  dialog: RosterDialog | null;
  /** The day that is shown: a chair given there begins then. */
  on: string;
  onClose: () => void;
}

/** Whatever is open over the roster. */
export function RosterDialogs({ dialog, on, onClose }: RosterDialogsProps) {
  const close = (open: boolean) => {
    if (!open) onClose();
  };
  if (dialog?.kind === 'remove') return <RemovePosition position={dialog.position} onClose={onClose} />;
  return (
    <Dialog
      open={dialog !== null}
      onOpenChange={close}
      title={dialog ? titleOf(dialog) : ''}
      description={dialog?.kind === 'chair' && <PersonLink {...dialog.chair} />}
      size={dialog?.kind === 'import' ? 'lg' : 'md'}
    >
      {dialog?.kind === 'position' && <PositionForm position={dialog.position} onDone={onClose} />}
      {dialog?.kind === 'holders' && <Holders position={dialog.position} />}
      {dialog?.kind === 'give' && <GiveChair {...dialog} on={on} onDone={onClose} />}
      {dialog?.kind === 'chair' && <EditChair key={dialog.chair.id} chair={dialog.chair} onDone={onClose} />}
      {dialog?.kind === 'import' && <RosterImport onDone={onClose} />}
    </Dialog>
  );
}

function PersonLink({ resourceId, name }: HeldChair) {
  const org = useOrg();
  return (
    <Link
      to="/o/$org/resources/$id"
      params={{ org: org.slug, id: resourceId }}
      className="text-accent underline-offset-4 hover:underline"
    >
      See the page of {name}
    </Link>
  );
}

function titleOf(dialog: Exclude<RosterDialog, { kind: 'remove' }>): string {
  switch (dialog.kind) {
    case 'position':
      return dialog.position ? `Edit ${dialog.position.title}` : 'New position';
    case 'holders':
      return `Holders of ${dialog.position.title}`;
    case 'give':
      return `${dialog.position.title}: give a chair`;
    case 'chair':
      return `${dialog.chair.name}: ${dialog.position.title}`;
    case 'import':
      return 'Import the roster';
  }
}

function RemovePosition({ position, onClose }: { position: Position; onClose: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const remove = useChange(org.slug, rosterTables, (id: string, call) =>
    rosterApi.removePosition({ org: org.slug, params: { id } }, call),
  );
  const confirm = () =>
    remove
      .mutateAsync(position.id)
      .catch((failure: unknown) =>
        toast({ tone: 'danger', title: `${position.title} is still there`, detail: errorText(failure) }),
      );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${position.title}?`}
      description="It goes with its chairs. A position that somebody holds or has held stays, so that it remains known."
      action="Remove position"
      onConfirm={confirm}
    />
  );
}
