import { useState } from 'react';
import * as z from 'zod';
import { text } from '#platform/contract/fields.ts';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ListWithPeople, RankedEntry } from '../contract.ts';
import { notesAtMost } from '../list-rules.ts';
import { listsApi } from './list-queries.ts';
import { useListChange } from './use-list-change.ts';

const { Form, Field } = entityForm(z.object({ note: text(notesAtMost) }));

/** What whoever sees ranks should know about somebody on this list. */
export function NoteForm({ list, entry, onDone }: { list: ListWithPeople; entry: RankedEntry; onDone: () => void }) {
  const org = useOrg();
  // As it was when the form opened: a note written over a newer list would be somebody else’s loss.
  const [version] = useState(list.version);
  const change = useListChange(list.id, (body: { version: number; note: string }, call) =>
    listsApi.changeNote({ org: org.slug, params: { id: list.id, resourceId: entry.resourceId }, body }, call),
  );
  return (
    <Form
      values={{ note: entry.note }}
      onSubmit={async ({ note }) => {
        await change.mutateAsync({ version, note });
        onDone();
      }}
      onCancel={onDone}
      action="Save"
      footer={DialogFooter}
    >
      <Field name="note" label="Note" hint="Only for those who see ranks." />
    </Form>
  );
}
