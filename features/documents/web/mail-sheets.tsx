import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import type { RouteOutput, RouteRequest } from '#platform/contract/contract.ts';
import type { Paper } from '#platform/pdf/document.ts';
import { Dialog, SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Textarea } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { documents, Recipient } from '../contract.ts';
import { dayText } from '../day-words.ts';
import { documentsApi } from './document-queries.ts';
import { sentText } from './sent-words.ts';

interface MailSheetsProps {
  open: boolean;
  onClose: () => void;
  engagement: Engagement;
  printable: RouteOutput<typeof documents.routes.list>;
  /** Where the choice of a day begins. */
  day: string;
  paper: Paper;
}

/** Chooses who gets their own day sheet by mail. */
export function MailSheets({ open, onClose, engagement, printable, day, paper }: MailSheetsProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(shown) => !shown && onClose()}
      title="Mail day sheets"
      description="Each gets their own times, and a link that needs no sign-in and always shows what holds now."
    >
      {open && <MailForm {...{ engagement, printable, day, paper }} onDone={onClose} />}
    </Dialog>
  );
}

type Body = RouteRequest<typeof documents.routes.send>['body'];

function MailForm({
  engagement,
  printable,
  day: first,
  paper,
  onDone,
}: Omit<MailSheetsProps, 'open' | 'onClose'> & { onDone: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const [day, setDay] = useState(first);
  const [note, setNote] = useState('');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const send = useChange(org.slug, ['messages'], (body: Body, call) =>
    documentsApi.send({ org: org.slug, params: { id: engagement.id }, body }, call),
  );
  const booked = printable.people.filter(({ days }) => days.includes(day));
  const chosen = booked.filter(({ resourceId, email }) => email !== null && !left.has(resourceId));
  const toggle = (id: string) =>
    setLeft(left.has(id) ? new Set([...left].filter((one) => one !== id)) : new Set([...left, id]));
  const submit = async () => {
    const result = await send.mutateAsync({
      day,
      paper,
      note,
      resourceIds: chosen.map(({ resourceId }) => resourceId),
    });
    const { title, detail } = sentText(result);
    toast({ tone: result.sent.length > 0 ? 'good' : 'danger', title, ...(detail && { detail }) });
    onDone();
  };
  return (
    <form
      className="flex flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        // What went wrong is shown below.
        submit().catch(() => undefined);
      }}
    >
      <div className="grid gap-4 pb-5">
        <FieldFrame label="Day">
          {(aria) => (
            <Select
              {...aria}
              value={day}
              onValue={setDay}
              options={printable.days.map((one) => ({ value: one, label: dayText(one) }))}
            />
          )}
        </FieldFrame>
        <FieldFrame label={`To ${chosen.length} of ${booked.length}`} group>
          {() => <People people={booked} left={left} onToggle={toggle} />}
        </FieldFrame>
        <FieldFrame label="A few words" optional hint="Above their times, to all of them.">
          {(aria) => (
            <Textarea {...aria} value={note} maxLength={2_000} onChange={(event) => setNote(event.target.value)} />
          )}
        </FieldFrame>
        {send.error && <ErrorNotice error={send.error} />}
      </div>
      <SubmitFooter onCancel={onDone} busy={send.isPending} disabled={chosen.length === 0}>
        Send {chosen.length === 1 ? '1 mail' : `${chosen.length} mails`}
      </SubmitFooter>
    </form>
  );
}

/** Who has no address is said, and can’t be chosen. */
function People({
  people,
  left,
  onToggle,
}: {
  people: readonly Recipient[];
  left: ReadonlySet<string>;
  onToggle: (id: string) => void;
}) {
  if (people.length === 0) return <p className="text-sm text-ink-soft">Nobody is booked on this day.</p>;
  return (
    <ul className="max-h-64 divide-y divide-line overflow-y-auto rounded-md border border-line">
      {people.map(({ resourceId, name, email }) => (
        <li key={resourceId}>
          <label className="flex min-h-10 items-center gap-2.5 px-3 py-1.5 text-sm has-disabled:text-ink-faint">
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-accent"
              checked={email !== null && !left.has(resourceId)}
              disabled={email === null}
              onChange={() => onToggle(resourceId)}
            />
            <span className="min-w-0 flex-1 truncate" title={name}>
              {name}
            </span>
            <span className="min-w-0 max-w-[50%] truncate text-xs text-ink-soft" title={email ?? undefined}>
              {email ?? 'no e-mail address'}
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}
