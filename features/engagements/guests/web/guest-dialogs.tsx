import { Dialog } from '#platform/ui/dialog.tsx';
import type { Allotment, Guest, GuestList } from '../contract.ts';
import { listName } from '../rules.ts';
import { AllotmentForm } from './allotment-form.tsx';
import { GuestForm } from './guest-form.tsx';
import { ListSettings } from './list-settings.tsx';
import { PasteGuests } from './paste-guests.tsx';

export type GuestDialog =
  | { kind: 'guest'; guest: Guest | null }
  | { kind: 'allotment'; allotment: Allotment | null }
  | { kind: 'paste' }
  | { kind: 'settings' };

interface GuestDialogsProps {
  dialog: GuestDialog | null;
  engagementId: string;
  zone: string;
  list: GuestList;
  allotments: readonly Allotment[];
  onClose: () => void;
}

/** Whatever is open over the guest list. */
export function GuestDialogs({ dialog, engagementId, zone, list, allotments, onClose }: GuestDialogsProps) {
  return (
    <Dialog
      open={dialog !== null}
      onOpenChange={(open) => !open && onClose()}
      title={dialog ? titleOf(dialog) : ''}
      size={dialog?.kind === 'paste' ? 'lg' : 'md'}
    >
      {dialog?.kind === 'guest' && (
        <GuestForm
          key={dialog.guest?.id ?? 'new'}
          guest={dialog.guest}
          engagementId={engagementId}
          allotments={allotments}
          onDone={onClose}
        />
      )}
      {dialog?.kind === 'allotment' && (
        <AllotmentForm
          key={dialog.allotment?.id ?? 'new'}
          allotment={dialog.allotment}
          engagementId={engagementId}
          onDone={onClose}
        />
      )}
      {dialog?.kind === 'paste' && <PasteGuests engagementId={engagementId} allotments={allotments} onDone={onClose} />}
      {dialog?.kind === 'settings' && (
        <ListSettings engagementId={engagementId} zone={zone} list={list} onDone={onClose} />
      )}
    </Dialog>
  );
}

function titleOf(dialog: GuestDialog): string {
  switch (dialog.kind) {
    case 'guest':
      return dialog.guest ? listName(dialog.guest) : 'Add guest';
    case 'allotment':
      return dialog.allotment ? dialog.allotment.name : 'New allotment';
    case 'paste':
      return 'Paste names';
    case 'settings':
      return 'Guest list';
  }
}
