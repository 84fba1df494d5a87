import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { formatAgo } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Textarea } from '#platform/ui/input.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Call, CallQuestion } from '../cascade-contract.ts';
import { callsApi, callTables } from './call-queries.ts';

/** What somebody asked about their call, and the office’s answers. */
export function CallThread({ call, questions }: { call: Call; questions: readonly CallQuestion[] }) {
  const org = useOrg();
  const [body, setBody] = useState('');
  const [missing, setMissing] = useState(false);
  const reply = useChange(org.slug, callTables, (text: string, request) =>
    callsApi.reply({ org: org.slug, params: { id: call.id }, body: { body: text } }, request),
  );
  if (questions.length === 0) return null;
  return (
    <section aria-label="Questions">
      <h3 className="mb-1.5 text-xs font-medium text-ink-faint">Questions</h3>
      <ul className="grid grid-cols-1 gap-2">
        {questions.map(({ id, askedBy, body: text, writtenBy, createdAt }) => (
          <li
            key={id}
            className={cn(
              'max-w-[88%] rounded-lg px-3 py-2 text-sm break-words whitespace-pre-line',
              askedBy === 'office' ? 'justify-self-end bg-accent-soft text-on-accent-soft' : 'bg-pressed',
            )}
          >
            {text}
            <span className="mt-0.5 block text-xs opacity-80">
              {askedBy === 'office' ? (writtenBy ?? 'The office') : call.name}, {formatAgo(createdAt)}
            </span>
          </li>
        ))}
      </ul>
      {org.can('calls.run') && (
        <form
          noValidate
          className="mt-3 grid gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (!body.trim()) setMissing(true);
            else reply.mutate(body.trim(), { onSuccess: () => setBody('') });
          }}
        >
          <FieldFrame
            label="Your answer"
            hint="It goes to them by mail, and stands on their page."
            error={missing && !body.trim() ? 'Write an answer.' : undefined}
          >
            {(control) => (
              <Textarea {...control} value={body} maxLength={2_000} onChange={({ target }) => setBody(target.value)} />
            )}
          </FieldFrame>
          {reply.error && <ErrorNotice error={reply.error} />}
          <Button type="submit" variant="primary" className="justify-self-start" busy={reply.isPending}>
            Send answer
          </Button>
        </form>
      )}
    </section>
  );
}
