import { ClipboardPaste } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import type { ListWithPeople } from '../contract.ts';
import { listName } from '../list-words.ts';
import { listsApi } from './list-queries.ts';
import { PasteNames } from './paste-names.tsx';
import { useListChange } from './use-list-change.ts';

/** Puts somebody at a draft’s end, or many by their pasted names. */
export function AddPeople({ list }: { list: ListWithPeople }) {
  const org = useOrg();
  const [pasting, setPasting] = useState(false);
  const add = useListChange(list.id, (resourceId: string, call) =>
    listsApi.addPeople({ org: org.slug, params: { id: list.id }, body: { people: [{ resourceId }] } }, call),
  );
  return (
    <div className="mb-4 grid gap-3">
      <div className="flex flex-wrap gap-2">
        <ResourcePicker
          aria-label="Add somebody"
          placeholder="Add somebody…"
          kind="person"
          value={null}
          onValue={(id) => id && add.mutate(id)}
          except={list.entries.map(({ resourceId }) => resourceId)}
          className="w-full sm:w-72"
        />
        <Button onClick={() => setPasting(true)}>
          <ClipboardPaste aria-hidden /> Paste names
        </Button>
      </div>
      {add.error && <ErrorNotice error={add.error} />}
      <Dialog open={pasting} onOpenChange={setPasting} title="Paste names" description={listName(list)}>
        <PasteNames list={list} onDone={() => setPasting(false)} />
      </Dialog>
    </div>
  );
}
