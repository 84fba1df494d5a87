import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { formatAgo } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Textarea } from '#platform/ui/input.tsx';
import type { Side } from '../rules.ts';

interface Said {
  id: string;
  body: string;
  internal?: boolean;
  writer: { side: Side; name: string };
  createdAt: string;
}

/** What was said about an item, the reader's own side at the right. */
export function CommentThread({ comments, mine }: { comments: readonly Said[]; mine: Side }) {
  if (comments.length === 0) return null;
  return (
    <ul className="grid grid-cols-1 gap-2" aria-label="Comments">
      {comments.map(({ id, body, internal, writer, createdAt }) => (
        <li
          key={id}
          className={cn(
            'max-w-[88%] rounded-lg px-3 py-2 text-sm break-words whitespace-pre-line',
            writer.side === mine ? 'justify-self-end bg-accent-soft text-on-accent-soft' : 'bg-pressed',
            internal && 'border border-dashed border-line-strong bg-transparent text-ink',
          )}
        >
          {body}
          <span className="mt-0.5 block text-xs opacity-80">
            {writer.name}, {formatAgo(createdAt)}
            {internal && ' · only for us'}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface CommentFormProps {
  /** Of what it is about. */
  title: string;
  action: string;
  placeholder: string;
  /** Offers to keep it among ourselves. */
  mayBeInternal?: boolean;
  onSend: (said: { body: string; internal: boolean }) => Promise<unknown>;
  size?: 'md' | 'lg';
  /** Somebody has just asked for it. */
  autoFocus?: boolean;
}

/** A box for something more. */
export function CommentForm({ title, action, placeholder, mayBeInternal = false, ...rest }: CommentFormProps) {
  const { onSend, size, autoFocus } = rest;
  const [body, setBody] = useState('');
  const [internal, setInternal] = useState(false);
  const sending = useMutation({ mutationFn: onSend, onSuccess: () => setBody('') });
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (body.trim()) sending.mutate({ body: body.trim(), internal });
      }}
    >
      <Textarea
        aria-label={`Comment on ${title}`}
        placeholder={placeholder}
        autoFocus={autoFocus}
        maxLength={2_000}
        value={body}
        onChange={({ target }) => setBody(target.value)}
        className={size === 'lg' ? 'text-base' : ''}
      />
      {sending.error && <ErrorNotice error={sending.error} />}
      <div className="flex flex-wrap items-center justify-between gap-2">
        {mayBeInternal ? (
          <label className="flex min-h-8 items-center gap-2 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={internal}
              onChange={({ target }) => setInternal(target.checked)}
            />
            Only for us
          </label>
        ) : (
          <span />
        )}
        <Button type="submit" size={size} busy={sending.isPending} disabled={!body.trim()}>
          {action}
        </Button>
      </div>
    </form>
  );
}
