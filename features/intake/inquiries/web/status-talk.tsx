import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { formatAgo } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Textarea } from '#platform/ui/input.tsx';
import type { InquirySheet } from '../status-contract.ts';

interface StatusTalkProps {
  sheet: InquirySheet;
  onWrite: (body: string) => Promise<unknown>;
}

/** What the office wants to know, and what was answered. */
export function StatusTalk({ sheet, onWrite }: StatusTalkProps) {
  const { messages, organisation } = sheet;
  const [wants, setWants] = useState(false);
  const mayWrite = sheet.can.includes('write');
  const asked = messages.at(-1)?.mine === false;
  if (messages.length === 0 && !mayWrite) return null;
  return (
    <section aria-label="Questions and answers">
      {messages.length > 0 && (
        <ul className="mb-3 grid grid-cols-1 gap-2">
          {messages.map(({ id, mine, body, writtenAt }) => (
            <li
              key={id}
              className={cn(
                'max-w-[88%] rounded-lg px-3 py-2 text-base break-words whitespace-pre-line',
                mine ? 'justify-self-end bg-accent-soft text-on-accent-soft' : 'justify-self-start bg-pressed',
              )}
            >
              {body}
              <span className="mt-0.5 block text-xs opacity-80">
                {mine ? 'You' : organisation}, {formatAgo(writtenAt)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && !asked && !wants && (
        <Button size="lg" onClick={() => setWants(true)}>
          Add something
        </Button>
      )}
      {mayWrite && (asked || wants) && (
        <WriteForm
          label={asked ? 'Your answer' : 'What you want to add'}
          begin={wants}
          onWrite={(body) => onWrite(body).then(() => setWants(false))}
        />
      )}
    </section>
  );
}

interface WriteFormProps {
  label: string;
  /** Somebody has just asked for it. */
  begin: boolean;
  onWrite: (body: string) => Promise<unknown>;
}

function WriteForm({ label, begin, onWrite }: WriteFormProps) {
  const [body, setBody] = useState('');
  const [missing, setMissing] = useState(false);
  const sending = useMutation({ mutationFn: onWrite, onSuccess: () => setBody('') });
  return (
    <form
      noValidate
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(body.trim() === '');
        if (body.trim()) sending.mutate(body.trim());
      }}
    >
      <FieldFrame label={label} error={missing && !body.trim() ? 'Write something first.' : undefined}>
        {(control) => (
          <Textarea
            {...control}
            autoFocus={begin}
            maxLength={5_000}
            value={body}
            onChange={({ target }) => setBody(target.value)}
            className="min-h-24 text-base"
          />
        )}
      </FieldFrame>
      {sending.error && <ErrorNotice error={sending.error} />}
      <Button type="submit" size="lg" variant="primary" busy={sending.isPending} className="justify-self-start">
        Send
      </Button>
    </form>
  );
}
