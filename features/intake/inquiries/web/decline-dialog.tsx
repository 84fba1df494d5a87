import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Dialog, SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Inquiry } from '../inquiry-contract.ts';
import { declineWords } from '../letter-words.ts';
import { inquiriesApi, inquiryTables } from './inquiry-queries.ts';
import { LetterField } from './letter-field.tsx';

interface DeclineDialogProps {
  inquiry: Inquiry;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A no, with the reason for the record and the words for its sender. */
export function DeclineDialog({ inquiry, open, onOpenChange }: DeclineDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Decline ${inquiry.title}`}>
      <DeclineForm inquiry={inquiry} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function DeclineForm({ inquiry, onDone }: { inquiry: Inquiry; onDone: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const [reason, setReason] = useState('');
  const [letter, setLetter] = useState<string | null>(inquiry.email === null ? null : declineWords(inquiry.title));
  const decline = useChange(org.slug, inquiryTables, (body: { reason: string; letter: string | null }, call) =>
    inquiriesApi.decline({ org: org.slug, params: { id: inquiry.id }, body }, call),
  );
  const submit = () =>
    decline.mutate(
      { reason: reason.trim(), letter },
      {
        onSuccess: () => {
          toast({ tone: 'good', title: letter === null ? 'Declined' : 'Declined, and a mail is on its way' });
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
      <div className="space-y-4 pb-5">
        {inquiry.holds > 0 && (
          <p className="text-sm text-ink-soft">
            What is held for it becomes free, and the {org.words.hold.many} behind move up.
          </p>
        )}
        <FieldFrame label="Reason" optional hint="For the record; only members read it.">
          {(control) => (
            <Input
              {...control}
              autoFocus
              maxLength={500}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          )}
        </FieldFrame>
        <LetterField email={inquiry.email} value={letter} words={declineWords(inquiry.title)} onValue={setLetter} />
        {decline.error && <ErrorNotice error={decline.error} />}
      </div>
      <SubmitFooter onCancel={onDone} busy={decline.isPending} tone="danger">
        Decline
      </SubmitFooter>
    </form>
  );
}
