import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { formatAgo } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Textarea } from '#platform/ui/input.tsx';
import type { PersonCall } from '#features/calls/cascades/person-call-contract.ts';

interface CallQuestionsProps {
  call: PersonCall;
  organisation: string;
  onAsk: (body: string) => Promise<unknown>;
}

/** What somebody wanted to know, what the office said, and a box for more. */
export function CallQuestions({ call, organisation, onAsk }: CallQuestionsProps) {
  const [open, setOpen] = useState(false);
  // Who comes back from the box stays where it was.
  const [wasOpen, setWasOpen] = useState(false);
  const mayAsk = call.can.includes('ask');
  const close = () => {
    setWasOpen(true);
    setOpen(false);
  };
  if (call.questions.length === 0 && !mayAsk) return null;
  return (
    <section aria-label="Questions">
      <h3 className="mb-1.5 text-sm font-medium text-ink-faint">Questions</h3>
      {call.questions.length > 0 && (
        <ul className="mb-3 grid grid-cols-1 gap-2">
          {call.questions.map(({ id, askedBy, body, createdAt }) => (
            <li
              key={id}
              className={cn(
                'max-w-[88%] rounded-lg px-3 py-2 text-base break-words whitespace-pre-line',
                askedBy === 'person' ? 'justify-self-end bg-accent-soft text-on-accent-soft' : 'bg-pressed',
              )}
            >
              {body}
              <span className="mt-0.5 block text-xs opacity-80">
                {askedBy === 'person' ? 'You' : organisation}, {formatAgo(createdAt)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {mayAsk && !open && (
        <Button variant="link" className="h-6" autoFocus={wasOpen} onClick={() => setOpen(true)}>
          Ask a question
        </Button>
      )}
      {mayAsk && open && <AskForm onAsk={onAsk} onClose={close} />}
    </section>
  );
}

function AskForm({ onAsk, onClose }: { onAsk: (body: string) => Promise<unknown>; onClose: () => void }) {
  const [body, setBody] = useState('');
  const [missing, setMissing] = useState(false);
  const asking = useMutation({ mutationFn: onAsk, onSuccess: onClose });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (body.trim()) asking.mutate(body.trim());
        else setMissing(true);
      }}
      className="grid gap-2"
    >
      <FieldFrame
        label="Your question"
        hint="The office gets it, and answers here and by mail. It is no answer yet: the deadline stays."
        error={missing && !body.trim() ? 'Write your question.' : undefined}
      >
        {(control) => (
          <Textarea
            {...control}
            autoFocus
            value={body}
            maxLength={2_000}
            onChange={({ target }) => setBody(target.value)}
          />
        )}
      </FieldFrame>
      {asking.error && <ErrorNotice error={asking.error} />}
      <div className="flex gap-2">
        <Button disabled={asking.isPending} onClick={onClose}>
          Back
        </Button>
        <Button type="submit" variant="primary" busy={asking.isPending}>
          Send question
        </Button>
      </div>
    </form>
  );
}
