import { useQuery } from '@tanstack/react-query';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { formatAgo } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, type FieldsProps } from '#platform/ui/entity-form.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { note as noteEntity, visibilities, type Note } from '../contract.ts';
import { noteTables, notesApi, removedNotesQuery, visibilityWords } from './note-queries.ts';

export type NoteDialog = { kind: 'new' } | { kind: 'edit'; note: Note } | { kind: 'removed' };

interface NoteDialogsProps {
  dialog: NoteDialog | null;
  engagementId: string;
  onClose: () => void;
  /** Told which note was made. */
  onMade: (id: string) => void;
}

/** Whatever is open over the notes. */
export function NoteDialogs({ dialog, engagementId, onClose, onMade }: NoteDialogsProps) {
  const titles = { new: 'New note', edit: 'Title and readers', removed: 'Removed notes' };
  return (
    <Dialog
      open={dialog !== null}
      onOpenChange={(open) => !open && onClose()}
      title={dialog ? titles[dialog.kind] : ''}
      {...(dialog?.kind === 'removed' && { description: 'They can be restored for thirty days.' })}
    >
      {dialog?.kind === 'new' && <NewNote engagementId={engagementId} onDone={onClose} onMade={onMade} />}
      {dialog?.kind === 'edit' && <EditNote key={dialog.note.id} note={dialog.note} onDone={onClose} />}
      {dialog?.kind === 'removed' && <RemovedNotes engagementId={engagementId} />}
    </Dialog>
  );
}

const fields = z.object(noteEntity.fields);
type NoteValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

function NewNote({
  engagementId,
  onDone,
  onMade,
}: {
  engagementId: string;
  onDone: () => void;
  onMade: (id: string) => void;
}) {
  const org = useOrg();
  const add = useChange(org.slug, noteTables, (body: NoteValues, call) =>
    notesApi.create({ org: org.slug, params: { id: engagementId }, body }, call),
  );
  const submit = async (values: NoteValues) => {
    const { id } = await add.mutateAsync(values);
    onMade(id);
    onDone();
  };
  return <NoteFields values={{}} onSubmit={submit} onCancel={onDone} action="Add note" />;
}

function EditNote({ note, onDone }: { note: Note; onDone: () => void }) {
  const org = useOrg();
  const change = useChange(org.slug, noteTables, (body: Partial<NoteValues> & { version: number }, call) =>
    notesApi.change({ org: org.slug, params: { id: note.id }, body }, call),
  );
  const edit = useEdit<NoteValues>(note, change.mutateAsync, onDone);
  return <NoteFields values={note} {...edit} onCancel={onDone} action="Save" />;
}

function NoteFields(form: FieldsProps<typeof fields>) {
  const org = useOrg();
  const offered = visibilities.filter((one) => one !== 'managers' || org.can('notes.private'));
  return (
    <Form {...form} footer={DialogFooter}>
      <Field name="title" label="Title" hint="Hospitality, Tech, Parking." autoFocus />
      <Field
        name="visibility"
        label="Who reads it"
        hint={`The team are those who plan; the crew are people who take part in this ${org.words.engagement.one}.`}
      >
        {({ value, onValue, ...control }) => (
          <Select
            {...control}
            value={value}
            onValue={onValue}
            options={offered.map((one) => ({ value: one, label: visibilityWords[one] }))}
          />
        )}
      </Field>
    </Form>
  );
}

function RemovedNotes({ engagementId }: { engagementId: string }) {
  const org = useOrg();
  const toast = useToast();
  const { data, error, refetch } = useQuery(removedNotesQuery(org.slug, engagementId));
  const restore = useChange(org.slug, noteTables, (id: string, call) =>
    notesApi.restore({ org: org.slug, params: { id } }, call),
  );
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={2} />;
  if (data.items.length === 0) return <p className="py-4 text-sm text-ink-soft">Nothing was removed.</p>;
  return (
    <CardList label="Removed notes">
      {data.items.map((note) => (
        <li key={note.id} className="flex items-center gap-3 px-4 py-2.5 text-sm">
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium" title={note.title}>
              {note.title}
            </span>
            {note.removedAt && <span className="text-xs text-ink-faint">Removed {formatAgo(note.removedAt)}</span>}
          </span>
          <Button
            size="sm"
            aria-label={`Restore ${note.title}`}
            onClick={() =>
              restore.mutate(note.id, {
                onError: (failure) =>
                  toast({ tone: 'danger', title: 'It was not restored', detail: errorText(failure) }),
              })
            }
          >
            Restore
          </Button>
        </li>
      ))}
    </CardList>
  );
}
