import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useChange } from '#platform/client/use-change.ts';
import { ConfirmDialog, Dialog } from '#platform/ui/dialog.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { ScheduleItem } from '../contract.ts';
import { itemName } from '../item-kinds.ts';
import type { RosterNames } from '../audience-words.ts';
import { ApplySchedule } from './apply-schedule.tsx';
import { CopyItem } from './copy-item.tsx';
import { CreateItem, EditItem } from './item-form.tsx';
import type { ItemDialog } from './schedule-item-row.tsx';
import { ShiftItems } from './shift-items.tsx';
import { scheduleTables, timelineApi } from './timeline-queries.ts';

interface ScheduleDialogsProps {
  dialog: ItemDialog | null;
  engagement: Engagement;
  items: readonly ScheduleItem[];
  roster: RosterNames;
  onClose: () => void;
}

/** Whatever is open over the schedule. */
export function ScheduleDialogs({ dialog, engagement, items, roster, onClose }: ScheduleDialogsProps) {
  if (dialog?.kind === 'remove') return <RemoveItem item={dialog.item} onClose={onClose} />;
  return (
    <Dialog
      open={dialog !== null}
      onOpenChange={(open) => !open && onClose()}
      title={dialog ? titleOf(dialog) : ''}
      size={dialog?.kind === 'shift' || dialog?.kind === 'copy' ? 'sm' : 'md'}
    >
      {dialog?.kind === 'create' && <CreateItem engagement={engagement} items={items} onDone={onClose} />}
      {dialog?.kind === 'template' && <ApplySchedule engagement={engagement} roster={roster} onDone={onClose} />}
      {dialog?.kind === 'edit' && <EditItem engagement={engagement} item={dialog.item} onDone={onClose} />}
      {dialog?.kind === 'shift' && <ShiftItems item={dialog.item} items={items} onDone={onClose} />}
      {dialog?.kind === 'copy' && <CopyItem item={dialog.item} onDone={onClose} />}
    </Dialog>
  );
}

function titleOf(dialog: ItemDialog): string {
  if (dialog.kind === 'create') return 'Add to the schedule';
  if (dialog.kind === 'template') return 'Begin with a whole day';
  const name = itemName(dialog.item);
  return { edit: `Edit ${name}`, shift: `Shift ${name}`, copy: `Copy ${name}`, remove: '' }[dialog.kind];
}

function RemoveItem({ item, onClose }: { item: ScheduleItem; onClose: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const remove = useChange(org.slug, scheduleTables, (id: string, call) =>
    timelineApi.remove({ org: org.slug, params: { id } }, call),
  );
  const name = itemName(item);
  const seated = item.seated ?? 0;
  const people = seated === 1 ? 'One person is seated there' : `${seated} people are seated there`;
  const confirm = () =>
    remove
      .mutateAsync(item.id)
      .catch((failure: unknown) =>
        toast({ tone: 'danger', title: `${name} is still there`, detail: errorText(failure) }),
      );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${name}?`}
      description={
        seated > 0
          ? `${people}: their time is free again, and they are told by mail that it is cancelled.`
          : 'It goes from the schedule, with its open seats.'
      }
      action="Remove"
      onConfirm={confirm}
    />
  );
}
