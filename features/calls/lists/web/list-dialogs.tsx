import { useNavigate } from '@tanstack/react-router';
import { useChange } from '#platform/client/use-change.ts';
import { ConfirmDialog, Dialog } from '#platform/ui/dialog.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ListWithPeople } from '../contract.ts';
import { listName } from '../list-words.ts';
import { ApproveList } from './approve-list.tsx';
import { EditList, EndList } from './list-forms.tsx';
import { listsApi, listTables } from './list-queries.ts';
import { NewList } from './new-list.tsx';
import { useListChange } from './use-list-change.ts';

export type ListDialog = 'approve' | 'copy' | 'edit' | 'end' | 'remove' | 'takeBack';

interface ListDialogsProps {
  dialog: ListDialog | null;
  list: ListWithPeople;
  today: string;
  onClose: () => void;
}

const titles: Readonly<Record<Exclude<ListDialog, 'remove' | 'takeBack'>, string>> = {
  approve: 'Approve',
  copy: 'New list with these people',
  edit: 'Grade, days and notes',
  end: 'Set the last day',
};

/** Whatever is open over a list. */
export function ListDialogs({ dialog, list, today, onClose }: ListDialogsProps) {
  if (dialog === 'remove') return <RemoveDraft list={list} onClose={onClose} />;
  if (dialog === 'takeBack') return <TakeBack list={list} onClose={onClose} />;
  const { skill, kind, grade } = list;
  return (
    <Dialog
      open={dialog !== null}
      onOpenChange={(open) => !open && onClose()}
      title={dialog ? titles[dialog] : ''}
      description={listName(list)}
    >
      {dialog === 'approve' && <ApproveList list={list} onDone={onClose} />}
      {dialog === 'copy' && (
        <NewList values={{ skill, kind, grade, validFrom: today }} copyOf={list.id} onDone={onClose} />
      )}
      {dialog === 'edit' && <EditList list={list} onDone={onClose} />}
      {dialog === 'end' && <EndList list={list} onDone={onClose} />}
    </Dialog>
  );
}

function RemoveDraft({ list, onClose }: { list: ListWithPeople; onClose: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const navigate = useNavigate();
  const remove = useChange(org.slug, listTables, (id: string, call) =>
    listsApi.remove({ org: org.slug, params: { id } }, call),
  );
  const confirm = () =>
    remove.mutateAsync(list.id).then(
      () => navigate({ to: '/o/$org/lists', params: { org: org.slug } }),
      (failure: unknown) => toast({ tone: 'danger', title: 'The draft is still there', detail: errorText(failure) }),
    );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Remove this draft?"
      description={`${listName(list)} goes with its order. Approved lists stay as they are.`}
      action="Remove the draft"
      onConfirm={confirm}
    />
  );
}

function TakeBack({ list, onClose }: { list: ListWithPeople; onClose: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const takeBack = useListChange(list.id, (version: number, call) =>
    listsApi.takeBack({ org: org.slug, params: { id: list.id }, body: { version } }, call),
  );
  const confirm = () =>
    takeBack
      .mutateAsync(list.version)
      .catch((failure: unknown) => toast({ tone: 'danger', title: 'It stays approved', detail: errorText(failure) }));
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Take the approval back?"
      description="It becomes a draft again: it can be changed, and nobody is asked from it until it is approved anew."
      action="Take it back"
      tone="primary"
      onConfirm={confirm}
    />
  );
}
