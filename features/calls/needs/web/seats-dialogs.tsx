import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useChange } from '#platform/client/use-change.ts';
import { ConfirmDialog, Dialog } from '#platform/ui/dialog.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { Need, SeatGrid } from '../contract.ts';
import { FormulaForm } from './formula-dialog.tsx';
import { CreateNeed, EditNeed } from './need-form.tsx';
import type { SeatsDialog } from './need-head.tsx';
import { needsApi, seatTables } from './needs-queries.ts';

interface SeatsDialogsProps {
  dialog: SeatsDialog | null;
  engagementId: string;
  grid: SeatGrid;
  onClose: () => void;
}

/** Whatever is open over the seats. */
export function SeatsDialogs({ dialog, engagementId, grid, onClose }: SeatsDialogsProps) {
  if (dialog?.kind === 'remove') return <RemoveNeed need={dialog.need} people={dialog.people} onClose={onClose} />;
  return (
    <Dialog
      open={dialog !== null}
      onOpenChange={(open) => !open && onClose()}
      title={dialog ? titleOf(dialog) : ''}
      size={dialog?.kind === 'formula' ? 'lg' : 'md'}
    >
      {dialog?.kind === 'formula' && <FormulaForm engagementId={engagementId} grid={grid} onDone={onClose} />}
      {dialog?.kind === 'create' && <CreateNeed engagementId={engagementId} grid={grid} onDone={onClose} />}
      {dialog?.kind === 'edit' && <EditNeed key={dialog.need.id} need={dialog.need} grid={grid} onDone={onClose} />}
    </Dialog>
  );
}

function titleOf(dialog: SeatsDialog): string {
  if (dialog.kind === 'formula') return 'Needs from the instrumentation';
  return dialog.kind === 'edit' ? `Edit ${dialog.need.title}` : 'Add what is needed';
}

function RemoveNeed({ need, people, onClose }: { need: Need; people: number; onClose: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const remove = useChange(org.slug, seatTables, (id: string, call) =>
    needsApi.remove({ org: org.slug, params: { id }, query: { release: people > 0 ? 'true' : 'false' } }, call),
  );
  const confirm = () =>
    remove
      .mutateAsync(need.id)
      .catch((failure: unknown) =>
        toast({ tone: 'danger', title: `${need.title} is still needed`, detail: errorText(failure) }),
      );
  const filled = people === 1 ? 'One seat is' : `${people} seats are`;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${need.title}?`}
      description={
        people > 0
          ? `${filled} filled: who sits there is taken off, and their time is free again. Whoever was called for it stays in the log.`
          : 'It goes with its open seats. Whoever was called for it stays in the log.'
      }
      action="Remove"
      onConfirm={confirm}
    />
  );
}
