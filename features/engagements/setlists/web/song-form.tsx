import { useState } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { RemoveButton } from '#features/organisations/web/remove-button.tsx';
import { song as songEntity, type Song } from '../contract.ts';
import { LengthInput } from './length-input.tsx';
import { setlistsApi, songTables } from './setlist-queries.ts';
import { draftsOf, SongVersions, versionsOf, type VersionDraft } from './song-versions.tsx';

const fields = z.object(songEntity.fields);
type SongValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

/** A song, new or to be changed, with its other versions. */
export function SongForm({ song: shown, onDone }: { song: Song | null; onDone: () => void }) {
  const org = useOrg();
  const [drafts, setDrafts] = useState<readonly VersionDraft[]>(draftsOf(shown?.versions ?? []));
  const create = useChange(
    org.slug,
    songTables,
    (body: SongValues & { versions: ReturnType<typeof versionsOf> }, call) =>
      setlistsApi.createSong({ org: org.slug, body }, call),
  );
  const change = useChange(org.slug, songTables, (body: Partial<SongValues> & { version: number }, call) =>
    setlistsApi.changeSong({ org: org.slug, params: { id: shown?.id ?? '' }, body }, call),
  );
  const saveVersions = useChange(
    org.slug,
    songTables,
    ({ id, versions }: { id: string; versions: ReturnType<typeof versionsOf> }, call) =>
      setlistsApi.setVersions({ org: org.slug, params: { id }, body: { versions } }, call),
  );
  const edit = useEdit<SongValues>(shown ?? blank, change.mutateAsync, () => undefined);
  const submit = async (values: SongValues) => {
    const versions = versionsOf(drafts);
    if (!shown) await create.mutateAsync({ ...values, versions });
    else {
      await edit.onSubmit(values);
      if (JSON.stringify(versions) !== JSON.stringify(versionsOf(draftsOf(shown.versions))))
        await saveVersions.mutateAsync({ id: shown.id, versions });
    }
    onDone();
  };
  return (
    <Form
      values={shown ?? {}}
      onSubmit={submit}
      renderError={edit.renderError}
      onCancel={onDone}
      action={shown ? 'Save' : 'Add song'}
      footer={DialogFooter}
      aside={shown && <Retire song={shown} onDone={onDone} />}
    >
      <Field name="title" label="Title" autoFocus={!shown} />
      <div className="grid grid-cols-3 gap-4">
        <Field name="songKey" label="Key" />
        <Field name="bpm" label="BPM" />
        <Field name="seconds" label="Length">
          {({ value, ...control }) => <LengthInput {...control} value={value ?? null} />}
        </Field>
      </div>
      <Field name="writers" label="Writers" hint="Composers and authors, as the rights society knows them." />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="publisher" label="Publisher" />
        <Field name="workNumber" label="Work number" hint="ISWC, like T-345246800-1." />
      </div>
      <Field name="notes" label="Notes" />
      <SongVersions drafts={drafts} onDrafts={setDrafts} />
    </Form>
  );
}

/** What a new song begins with; it has nothing to be compared with. */
const blank: SongValues & { version: number } = {
  title: '',
  songKey: '',
  bpm: null,
  seconds: null,
  writers: [],
  publisher: '',
  workNumber: '',
  notes: '',
  version: 1,
};

/** Out of the repertoire; one that never stood on a setlist may go altogether. */
function Retire({ song: shown, onDone }: { song: Song; onDone: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const failed = (error: unknown) => toast({ tone: 'danger', title: 'It was not saved', detail: errorText(error) });
  const archive = useChange(org.slug, songTables, (archived: boolean, call) =>
    setlistsApi.archiveSong({ org: org.slug, params: { id: shown.id }, body: { archived } }, call),
  );
  if (shown.uses === 0)
    return (
      <RemoveButton
        id={shown.id}
        tables={songTables}
        send={setlistsApi.removeSong}
        refused="It was not saved"
        onDone={onDone}
      />
    );
  return (
    <Button
      variant="ghost"
      busy={archive.isPending}
      onClick={() => archive.mutate(shown.archivedAt === null, { onSuccess: onDone, onError: failed })}
    >
      {shown.archivedAt === null ? 'No longer played' : 'Back into the repertoire'}
    </Button>
  );
}
