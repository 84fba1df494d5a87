import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Comment } from '../contract.ts';
import { mentionedIn } from '../mention-rules.ts';
import { commentReadersQuery, commentTables, commentsApi, type CommentSubject } from './comment-queries.ts';
import { MentionInput } from './mention-input.tsx';

interface CommentFormProps {
  about: CommentSubject;
  label: string;
  action: string;
  /** The thread that is answered. */
  parentId?: string;
  /** The comment that is worded anew. */
  comment?: Comment;
  onDone?: () => void;
  className?: string;
}

/** Writes a comment, an answer, or a comment anew. */
export function CommentForm({ about, label, action, parentId, comment, onDone, className }: CommentFormProps) {
  const org = useOrg();
  const queries = useQueryClient();
  const [body, setBody] = useState(comment?.body ?? '');
  const [busy, setBusy] = useState(false);
  const send = useChange(org.slug, commentTables, (written: { body: string; mentioned: string[] }, call) =>
    comment
      ? commentsApi.change(
          { org: org.slug, params: { id: comment.id }, body: { ...written, version: comment.version } },
          call,
        )
      : commentsApi.write({ org: org.slug, body: { ...about, parentId: parentId ?? null, ...written } }, call),
  );
  const submit = async () => {
    if (!body.trim() || busy) return;
    setBusy(true);
    try {
      const people = body.includes('@') ? (await queries.fetchQuery(commentReadersQuery(org.slug, about))).items : [];
      await send.mutateAsync({ body, mentioned: mentionedIn(body, people) });
      setBody('');
      onDone?.();
    } catch {
      // Said below.
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={cn('grid gap-2', className)}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void submit();
      }}
    >
      <MentionInput
        about={about}
        label={label}
        value={body}
        onValue={setBody}
        onSend={() => void submit()}
        autoFocus={onDone !== undefined}
        {...(onDone ? { onEscape: onDone } : {})}
      />
      {send.error && <ErrorNotice error={send.error} />}
      {(body.trim() || onDone) && (
        <div className="flex justify-end gap-2">
          {onDone && (
            <Button size="sm" onClick={onDone}>
              Cancel
            </Button>
          )}
          <Button type="submit" size="sm" variant="primary" busy={busy} disabled={!body.trim()}>
            {action}
          </Button>
        </div>
      )}
    </form>
  );
}
