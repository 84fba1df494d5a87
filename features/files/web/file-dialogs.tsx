import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import * as z from 'zod';
import { useChange, type ChangeCall } from '#platform/client/use-change.ts';
import { ConfirmDialog, Dialog, DialogFooter, SubmitFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { folder as folderEntity, type File, type Folder } from '../contract.ts';
import { filesApi, fileTables, folderQuery } from './file-queries.ts';
import { choicesOf } from './folder-tree.ts';

export type FileDialog =
  | { kind: 'folder'; engagementId: string | null; parentId: string | null }
  | { kind: 'renameFolder'; folder: Folder }
  | { kind: 'moveFolder'; folder: Folder }
  | { kind: 'rename'; file: File }
  | { kind: 'move'; file: File }
  | { kind: 'purge'; file: File }
  | { kind: 'version'; file: File };

const { Form, Field } = entityForm(z.object({ name: folderEntity.fields.name }));

/** Whatever is open over the files; choosing a new version is the list's own business. */
export function FileDialogs({ dialog, onClose }: { dialog: FileDialog | null; onClose: () => void }) {
  const shown = dialog?.kind === 'version' ? null : dialog;
  if (shown?.kind === 'purge') return <PurgeFile file={shown.file} onClose={onClose} />;
  return (
    <Dialog
      open={shown !== null}
      onOpenChange={(open) => !open && onClose()}
      title={shown ? titleOf(shown) : ''}
      size="sm"
    >
      {shown && <Content dialog={shown} onClose={onClose} />}
    </Dialog>
  );
}

type Shown = Exclude<FileDialog, { kind: 'purge' | 'version' }>;

function Content({ dialog, onClose }: { dialog: Shown; onClose: () => void }) {
  const org = useOrg();
  const save = useChange(org.slug, fileTables, (name: string, call) => saveName(org.slug, dialog, name, call));
  if (dialog.kind === 'move' || dialog.kind === 'moveFolder')
    return <MoveTo thing={dialog.kind === 'move' ? dialog.file : dialog.folder} kind={dialog.kind} onDone={onClose} />;
  const name = dialog.kind === 'folder' ? '' : dialog.kind === 'rename' ? dialog.file.name : dialog.folder.name;
  const submit = async (values: { name: string }) => {
    await save.mutateAsync(values.name);
    onClose();
  };
  return (
    <Form
      values={{ name }}
      onSubmit={submit}
      onCancel={onClose}
      action={dialog.kind === 'folder' ? 'Make the folder' : 'Rename'}
      footer={DialogFooter}
    >
      <Field name="name" label="Name" autoFocus />
    </Form>
  );
}

async function saveName(org: string, dialog: Shown, name: string, call: ChangeCall): Promise<void> {
  if (dialog.kind === 'folder') {
    const { engagementId, parentId } = dialog;
    await filesApi.createFolder({ org, body: { name, engagementId, parentId } }, call);
  } else if ('file' in dialog) {
    const { id, version } = dialog.file;
    await filesApi.change({ org, params: { id }, body: { version, name } }, call);
  } else {
    const { id, version } = dialog.folder;
    await filesApi.changeFolder({ org, params: { id }, body: { version, name } }, call);
  }
}

function titleOf(dialog: Shown): string {
  switch (dialog.kind) {
    case 'folder':
      return 'New folder';
    case 'rename':
      return `Rename ${dialog.file.name}`;
    case 'move':
      return `Move ${dialog.file.name}`;
    case 'renameFolder':
      return `Rename the folder ${dialog.folder.name}`;
    case 'moveFolder':
      return `Move the folder ${dialog.folder.name}`;
  }
}

const nowhere = 'none';

/** Into another folder of the same place, or out of all. */
function MoveTo({ thing, kind, onDone }: { thing: File | Folder; kind: 'move' | 'moveFolder'; onDone: () => void }) {
  const org = useOrg();
  const from = 'folderId' in thing ? thing.folderId : thing.parentId;
  const [target, setTarget] = useState(from ?? nowhere);
  const folders = useQuery(folderQuery(org.slug, thing.engagementId ?? undefined));
  const choices = choicesOf(folders.data?.items ?? [], kind === 'moveFolder' ? thing.id : undefined);
  const move = useChange(org.slug, fileTables, async (to: string | null, call): Promise<void> => {
    const request = { org: org.slug, params: { id: thing.id } };
    const { version } = thing;
    if (kind === 'move') await filesApi.change({ ...request, body: { version, folderId: to } }, call);
    else await filesApi.changeFolder({ ...request, body: { version, parentId: to } }, call);
  });
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        move.mutate(target === nowhere ? null : target, { onSuccess: onDone });
      }}
    >
      <div className="grid gap-4 pb-5">
        <FieldFrame label="Folder">
          {(control) => (
            <Select
              {...control}
              value={target}
              onValue={setTarget}
              options={[
                { value: nowhere, label: 'In no folder' },
                ...choices.map(({ id, label }) => ({ value: id, label })),
              ]}
            />
          )}
        </FieldFrame>
        {move.error && <ErrorNotice error={move.error} />}
      </div>
      <SubmitFooter onCancel={onDone} busy={move.isPending} disabled={target === (from ?? nowhere)}>
        Move
      </SubmitFooter>
    </form>
  );
}

function PurgeFile({ file, onClose }: { file: File; onClose: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const purge = useChange(org.slug, fileTables, (_: null, call) =>
    filesApi.purge({ org: org.slug, params: { id: file.id } }, call),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${file.name} for good?`}
      description={`${file.versions === 1 ? 'Its content goes' : `Its ${file.versions} versions go`} with it. This can’t be undone.`}
      action="Remove for good"
      onConfirm={() =>
        purge
          .mutateAsync(null)
          .catch((error: unknown) =>
            toast({ tone: 'danger', title: `${file.name} is still there`, detail: errorText(error) }),
          )
      }
    />
  );
}

/** A hidden chooser for a new version of whichever file asks for it. */
export function useVersionChooser(onChosen: (file: File, chosen: globalThis.File) => void) {
  const input = useRef<HTMLInputElement>(null);
  const target = useRef<File | null>(null);
  const choose = (file: File) => {
    target.current = file;
    input.current?.click();
  };
  const chooser = (
    <input
      ref={input}
      type="file"
      className="hidden"
      tabIndex={-1}
      aria-hidden
      onChange={({ target: { files } }) => {
        const [chosen] = files ?? [];
        if (chosen && target.current) onChosen(target.current, chosen);
        if (input.current) input.current.value = '';
      }}
    />
  );
  return { choose, chooser };
}
