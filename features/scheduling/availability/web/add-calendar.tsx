import { useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Dialog, SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Tabs } from '#platform/ui/tabs.tsx';
import { FilePicker } from '#platform/ui/file-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { availabilityApi } from './availability-queries.ts';

/** Adds an iCalendar by its address, which is read again and again, or from a file, once. */
export function AddCalendar({
  resourceId,
  open,
  onOpenChange,
}: {
  resourceId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Add a calendar">
      <AddForm resourceId={resourceId} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function AddForm({ resourceId, onDone }: { resourceId: string; onDone: () => void }) {
  const org = useOrg();
  const [way, setWay] = useState('address');
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [file, setFile] = useState<{ name: string; content: string } | null>(null);
  const add = useChange(org.slug, ['calendars'], (body: { name: string; url?: string; content?: string }, call) =>
    availabilityApi.addCalendar({ org: org.slug, params: { id: resourceId }, body }, call),
  );
  const refusedUrl =
    add.error instanceof ApiError ? add.error.fields.find(({ field }) => field === 'url')?.message : undefined;
  const byAddress = way === 'address';
  const ready = name.trim() && (byAddress ? url.trim() : file);
  const submit = () =>
    add.mutate(
      { name: name.trim(), ...(byAddress ? { url: url.trim() } : { content: file?.content ?? '' }) },
      { onSuccess: onDone },
    );
  return (
    <form
      noValidate
      className="flex flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) submit();
      }}
    >
      <div className="grid gap-4 pb-5">
        <FieldFrame label="Name">
          {(control) => (
            <Input
              {...control}
              autoFocus
              value={name}
              maxLength={200}
              placeholder="Private calendar"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </FieldFrame>
        <Tabs
          label="Where it comes from"
          value={way}
          onValue={setWay}
          tabs={[
            {
              value: 'address',
              label: 'Address',
              content: (
                <FieldFrame
                  label="iCalendar address"
                  error={refusedUrl}
                  hint="The secret address in iCal format that Google, Apple or Outlook gives."
                >
                  {(control) => (
                    <Input
                      {...control}
                      type="url"
                      inputMode="url"
                      placeholder="https://"
                      value={url}
                      onChange={(event) => setUrl(event.target.value)}
                    />
                  )}
                </FieldFrame>
              ),
            },
            {
              value: 'file',
              label: 'File',
              content: (
                <FieldFrame label="An .ics file" group>
                  {() => <FilePicker accept=".ics,text/calendar" name={file?.name ?? null} onFile={setFile} />}
                </FieldFrame>
              ),
            },
          ]}
        />
        {add.error && !refusedUrl && <ErrorNotice error={add.error} />}
      </div>
      <SubmitFooter onCancel={onDone} busy={add.isPending} disabled={!ready}>
        Add calendar
      </SubmitFooter>
    </form>
  );
}
