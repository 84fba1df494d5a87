import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Textarea } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Allotment } from '../contract.ts';
import { readPastedGuests, type PastedGuest } from '../paste-rules.ts';
import { listName, placesOf } from '../rules.ts';
import { guestTables, guestsApi } from './guest-queries.ts';

interface PasteGuestsProps {
  engagementId: string;
  allotments: readonly Allotment[];
  onDone: () => void;
}

/** A list of names from a mail or a table: seen as it is read, then all of it or nothing. */
export function PasteGuests({ engagementId, allotments, onDone }: PasteGuestsProps) {
  const org = useOrg();
  const toast = useToast();
  const [text, setText] = useState('');
  const [allotmentId, setAllotmentId] = useState(allotments[0]?.id ?? '');
  const [approve, setApprove] = useState(false);
  const { guests, problems } = readPastedGuests(text);
  const places = guests.reduce((sum, each) => sum + placesOf(each), 0);
  const load = useChange(
    org.slug,
    guestTables,
    (body: { allotmentId: string; guests: PastedGuest[]; approve: boolean }, call) =>
      guestsApi.import({ org: org.slug, params: { id: engagementId }, body }, call),
  );
  const submit = () =>
    load.mutate(
      { allotmentId, guests, approve },
      {
        onSuccess: ({ added }) => {
          toast({ tone: 'good', title: `${added} ${added === 1 ? 'guest' : 'guests'} added` });
          onDone();
        },
      },
    );
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="grid gap-4 pb-5">
        <div className="grid gap-4 sm:grid-cols-2">
          <FieldFrame label="Names" hint="One on each line: Anna Berg +1, or Berg, Anna, or copied from a table.">
            {(control) => (
              <Textarea
                {...control}
                autoFocus
                rows={8}
                value={text}
                onChange={({ target }) => setText(target.value)}
                className="max-h-80 min-h-40"
              />
            )}
          </FieldFrame>
          <div className="min-w-0">
            <p className="mb-1 text-sm font-medium" role="status">
              {guests.length > 0
                ? `${guests.length} read, ${places} ${places === 1 ? 'place' : 'places'}`
                : 'As it is read'}
            </p>
            <ul
              aria-label="As it is read"
              tabIndex={0}
              className="max-h-80 min-h-40 divide-y divide-line overflow-y-auto rounded-md border border-line text-sm"
            >
              {guests.slice(0, 200).map((each, index) => (
                <li key={index} className="flex gap-2 px-2.5 py-1.5">
                  <span className="min-w-0 flex-1 truncate">{listName(each)}</span>
                  {each.plus > 0 && <span className="tabular-nums">+{each.plus}</span>}
                  {each.email && <span className="max-w-32 truncate text-ink-faint">{each.email}</span>}
                </li>
              ))}
            </ul>
          </div>
        </div>
        {problems.length > 0 && (
          <ul role="alert" className="rounded-md bg-hold-soft px-3 py-2 text-sm text-on-hold-soft">
            {problems.slice(0, 5).map(({ line, message, text: raw }) => (
              <li key={line} className="truncate">
                Line {line}, “{raw}”: {message}
              </li>
            ))}
            {problems.length > 5 && <li>And {problems.length - 5} more.</li>}
          </ul>
        )}
        <div className="grid items-end gap-4 sm:grid-cols-2">
          <FieldFrame label="Out of">
            {(control) => (
              <Select
                {...control}
                value={allotmentId || null}
                onValue={setAllotmentId}
                options={allotments.map(({ id, name, places: all, approved }) => ({
                  value: id,
                  label: name,
                  hint: `${Math.max(0, all - approved)} of ${all} left`,
                }))}
              />
            )}
          </FieldFrame>
          {org.can('guests.approve') && (
            <label className="flex min-h-8 items-center gap-2 text-sm">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={approve}
                onChange={({ target }) => setApprove(target.checked)}
              />
              Approve at once
            </label>
          )}
        </div>
        {load.error && <ErrorNotice error={load.error} />}
      </div>
      <SubmitFooter
        onCancel={onDone}
        busy={load.isPending}
        disabled={guests.length === 0 || guests.length > 500 || problems.length > 0 || !allotmentId}
      >
        {guests.length > 500 ? 'At most 500 at once' : `Add ${guests.length || ''}`}
      </SubmitFooter>
    </form>
  );
}
