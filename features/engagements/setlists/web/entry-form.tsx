import { useInfiniteQuery } from '@tanstack/react-query';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { RemoveButton } from '#features/organisations/web/remove-button.tsx';
import { entry as entryEntity, type SetlistEntry, type SongVersion } from '../contract.ts';
import { lengthText } from '../rules.ts';
import { LengthInput } from './length-input.tsx';
import { setlistTables, setlistsApi, songListQuery } from './setlist-queries.ts';

const fields = z.object(entryEntity.fields);
type EntryValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

/** How a song is played tonight; or what a break or talk is called, and how long it takes. */
export function EntryForm({ entry: shown, onDone }: { entry: SetlistEntry; onDone: () => void }) {
  const org = useOrg();
  const change = useChange(org.slug, setlistTables, (body: Partial<EntryValues> & { version: number }, call) =>
    setlistsApi.changeEntry({ org: org.slug, params: { id: shown.id }, body }, call),
  );
  const edit = useEdit<EntryValues>(shown, change.mutateAsync, onDone);
  const isSong = shown.kind === 'song';
  return (
    <Form
      values={shown}
      {...edit}
      onCancel={onDone}
      action="Save"
      footer={DialogFooter}
      aside={
        <RemoveButton
          id={shown.id}
          tables={setlistTables}
          send={setlistsApi.removeEntry}
          refused="It is still there"
          onDone={onDone}
        >
          Take off the setlist
        </RemoveButton>
      }
    >
      {!isSong && <Field name="title" label="What it is" />}
      {isSong && <VersionField entry={shown} />}
      <div className="grid grid-cols-2 gap-4">
        {isSong && (
          <Field name="songKey" label="Key" hint="Only here.">
            {({ value, onValue, ...control }) => (
              <Input
                {...control}
                maxLength={20}
                placeholder={shown.songKey === null ? shown.inKey : ''}
                value={value ?? ''}
                onChange={({ target }) => onValue(target.value || null)}
              />
            )}
          </Field>
        )}
        <Field name="seconds" label="Length" hint={isSong ? 'Only here.' : undefined}>
          {({ value, ...control }) => (
            <LengthInput
              {...control}
              value={value ?? null}
              placeholder={shown.seconds === null && shown.lasts !== null ? lengthText(shown.lasts) : '3:45'}
            />
          )}
        </Field>
      </div>
      <Field name="notes" label="Notes" hint="The stage sees them: capo 2, short intro, guest on stage." />
    </Form>
  );
}

const asInSong = 'song';

function VersionField({ entry: shown }: { entry: SetlistEntry }) {
  const org = useOrg();
  const found = useInfiniteQuery(songListQuery(org.slug, shown.name));
  const versions =
    found.data?.pages.flatMap(({ items }) => items).find(({ id }) => id === shown.songId)?.versions ?? [];
  if (versions.length === 0) return null;
  return (
    <Field name="songVersionId" label="Version">
      {({ value, onValue, ...control }) => (
        <Select
          {...control}
          value={value ?? asInSong}
          onValue={(id) => onValue(id === asInSong ? null : id)}
          options={[{ value: asInSong, label: 'As usual' }, ...versions.map(optionOf)]}
        />
      )}
    </Field>
  );
}

function optionOf({ id, name, songKey, seconds }: SongVersion) {
  return { value: id, label: name, hint: [songKey, seconds && lengthText(seconds)].filter(Boolean).join(' · ') };
}
