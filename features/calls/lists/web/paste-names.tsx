import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RouteOutput } from '#platform/contract/contract.ts';
import { Button } from '#platform/ui/button.tsx';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Textarea } from '#platform/ui/input.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { lists, ListWithPeople } from '../contract.ts';
import { peopleWords } from '../list-words.ts';
import { listsApi } from './list-queries.ts';
import { useListChange } from './use-list-change.ts';

type Found = RouteOutput<typeof lists.routes.readNames>;
type Newcomers = { resourceId: string; note: string }[];

/** Names as somebody has them in a letter or a spreadsheet, in their order. They are read first, then put on the list. */
export function PasteNames({ list, onDone }: { list: ListWithPeople; onDone: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const [content, setContent] = useState('');
  const read = useMutation({
    mutationFn: (text: string) =>
      listsApi.readNames({ org: org.slug, params: { id: list.id }, body: { content: text } }),
  });
  const add = useListChange(list.id, (people: Newcomers, call) =>
    listsApi.addPeople({ org: org.slug, params: { id: list.id }, body: { people } }, call),
  );
  const change = (text: string) => {
    setContent(text);
    read.reset();
    add.reset();
  };
  const newcomers = (read.data?.people ?? []).filter(({ there }) => !there);
  const save = async () => {
    await add.mutateAsync(newcomers.map(({ resourceId, note }) => ({ resourceId, note })));
    toast({ tone: 'good', title: `${peopleWords(newcomers.length)} put on the list` });
    onDone();
  };
  return (
    <>
      <div className="grid gap-4 pb-5">
        <FieldFrame
          label="Names, in order"
          hint="One person a line, by name or e-mail address; or part of a spreadsheet whose first line says name, e-mail, note."
        >
          {(control) => (
            <Textarea
              {...control}
              rows={10}
              value={content}
              onChange={({ target }) => change(target.value)}
              className="min-h-48"
            />
          )}
        </FieldFrame>
        {read.error && <ErrorNotice error={read.error} />}
        {read.data && <Outcome found={read.data} />}
        {add.error && <ErrorNotice error={add.error} />}
      </div>
      <DialogFooter>
        <Button onClick={onDone}>Cancel</Button>
        {newcomers.length > 0 ? (
          // What went wrong stands above the buttons.
          <Button variant="primary" busy={add.isPending} onClick={() => void save().catch(() => undefined)}>
            Put {peopleWords(newcomers.length)} on the list
          </Button>
        ) : (
          <Button
            variant="primary"
            busy={read.isPending}
            disabled={content.trim() === '' || read.isSuccess}
            onClick={() => read.mutate(content)}
          >
            Read the names
          </Button>
        )}
      </DialogFooter>
    </>
  );
}

function Outcome({ found: { people, problems } }: { found: Found }) {
  const there = people.filter((one) => one.there).length;
  const fresh = people.length - there;
  return (
    <>
      <p role="status" className="text-sm">
        <strong className="font-semibold">{capital(peopleWords(fresh))} found.</strong>
        {there > 0 && ` ${capital(peopleWords(there))} on the list already: they keep their place.`}
      </p>
      {problems.length > 0 && (
        <section aria-label="Lines left out" className="rounded-lg bg-hold-soft p-3 text-sm text-on-hold-soft">
          <h3 className="font-semibold">
            {problems.length === 1 ? 'One line is left out' : `${problems.length.toLocaleString()} lines are left out`}
          </h3>
          <ul className="mt-1 grid max-h-48 gap-1 overflow-y-auto" tabIndex={0}>
            {problems.map(({ line, message }) => (
              <li key={line} className="flex gap-3">
                <span className="w-14 shrink-0 tabular-nums">Line {line}</span>
                <span className="min-w-0 break-words">{message}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
