import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { formatAgo } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Textarea } from '#platform/ui/input.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { Section } from '#platform/ui/table.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { InquiryDecision, InquiryDetail, InquiryMessage } from '../inquiry-contract.ts';
import { stateWords } from '../inquiry-words.ts';
import { inquiriesApi, inquiryTables } from './inquiry-queries.ts';

type Entry = { at: string; message: InquiryMessage } | { at: string; decision: InquiryDecision };

/** What was said and decided, in the order it happened, and a box for more. */
export function InquiryTalk({ detail }: { detail: InquiryDetail }) {
  const org = useOrg();
  const entries: Entry[] = [
    ...detail.messages.map((message) => ({ at: message.writtenAt, message })),
    ...detail.decisions.map((decision) => ({ at: decision.decidedAt, decision })),
  ].toSorted((a, b) => a.at.localeCompare(b.at));
  return (
    <Section title="What was said and decided">
      {entries.length === 0 && <p className="mb-3 text-sm text-ink-soft">Nothing yet.</p>}
      <ol className="mb-4 grid grid-cols-1 gap-3 empty:hidden">
        {entries.map((entry) =>
          'message' in entry ? (
            <MessageEntry key={entry.message.id} message={entry.message} who={detail.inquiry.contactName} />
          ) : (
            <DecisionEntry key={entry.decision.id} decision={entry.decision} />
          ),
        )}
      </ol>
      {org.can('intake.write') && <Write detail={detail} />}
    </Section>
  );
}

const kindWords = { note: 'Note', question: 'Question to them', answer: '' } as const;

function MessageEntry({
  message: { kind, body, writtenBy, writtenAt },
  who,
}: {
  message: InquiryMessage;
  who: string;
}) {
  return (
    <li
      className={cn(
        'max-w-[42rem] rounded-lg border px-3 py-2 text-sm',
        kind === 'answer' && 'border-transparent bg-accent-soft text-on-accent-soft',
        kind === 'question' && 'border-line bg-surface',
        kind === 'note' && 'border-dashed border-line bg-sunken',
      )}
    >
      <p className="break-words whitespace-pre-wrap">{body}</p>
      <p className={cn('mt-1 text-xs', kind === 'answer' ? 'opacity-80' : 'text-ink-faint')}>
        {[kindWords[kind], kind === 'answer' ? who || writtenBy : writtenBy, formatAgo(writtenAt)]
          .filter(Boolean)
          .join(', ')}
      </p>
    </li>
  );
}

function DecisionEntry({
  decision: { fromState, toState, reason, decidedBy, decidedAt },
}: {
  decision: InquiryDecision;
}) {
  return (
    <li className="text-sm text-ink-soft">
      {stateWords[fromState]} → <span className="font-medium text-ink">{stateWords[toState]}</span>, {decidedBy},{' '}
      {formatAgo(decidedAt)}
      {reason && <span className="block break-words">{reason}</span>}
    </li>
  );
}

type Kind = 'note' | 'question';

function Write({ detail: { inquiry } }: { detail: InquiryDetail }) {
  const org = useOrg();
  const [kind, setKind] = useState<Kind>('note');
  const [body, setBody] = useState('');
  const mayAsk = inquiry.email !== null && !['declined', 'withdrawn', 'spam'].includes(inquiry.state);
  const chosen = mayAsk ? kind : 'note';
  const send = useChange(org.slug, inquiryTables, (said: { kind: Kind; body: string }, call) => {
    const input = { org: org.slug, params: { id: inquiry.id }, body: { body: said.body } };
    return said.kind === 'note' ? inquiriesApi.addNote(input, call) : inquiriesApi.ask(input, call);
  });
  const label = chosen === 'note' ? 'Note for the team' : 'Question to them';
  return (
    <form
      className="grid max-w-[42rem] gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (body.trim()) send.mutate({ kind: chosen, body: body.trim() }, { onSuccess: () => setBody('') });
      }}
    >
      {mayAsk && (
        <Segmented
          label="What to write"
          value={chosen}
          onValue={setKind}
          options={[
            { value: 'note', label: 'Note for the team' },
            { value: 'question', label: 'Question to them' },
          ]}
          className="justify-self-start"
        />
      )}
      <Textarea
        aria-label={label}
        placeholder={chosen === 'note' ? 'Only members read this.' : `Goes to ${inquiry.email} by mail.`}
        maxLength={5_000}
        value={body}
        onChange={({ target }) => setBody(target.value)}
      />
      {send.error && <ErrorNotice error={send.error} />}
      <Button type="submit" busy={send.isPending} disabled={body.trim() === ''} className="justify-self-start">
        {chosen === 'note' ? 'Keep note' : 'Send question'}
      </Button>
    </form>
  );
}
