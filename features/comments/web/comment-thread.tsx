import { CheckCheck, EllipsisVertical, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { formatAgo, formatTime } from '#platform/time/format.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Comment } from '../contract.ts';
import { CommentForm } from './comment-form.tsx';
import { commentTables, commentsApi, type CommentSubject } from './comment-queries.ts';

interface ThreadProps {
  about: CommentSubject;
  first: Comment;
  answers: readonly Comment[];
}

/** A comment and the answers to it. */
export function CommentThread({ about, first, answers }: ThreadProps) {
  const org = useOrg();
  const toast = useToast();
  const [answering, setAnswering] = useState(false);
  const resolved = first.resolvedAt !== null;
  const writes = org.can('comments.write');
  const resolve = useChange(org.slug, commentTables, (wanted: boolean, call) =>
    commentsApi.setResolved({ org: org.slug, params: { id: first.id }, body: { resolved: wanted } }, call),
  );
  return (
    <li className={cn('rounded-lg border border-line bg-surface px-4 py-3 shadow-card', resolved && 'bg-sunken')}>
      <OneComment about={about} comment={first} removable={answers.length === 0} />
      {answers.length > 0 && (
        <ul className="mt-3 grid gap-3 border-l-2 border-line pl-3">
          {answers.map((answer) => (
            <li key={answer.id}>
              <OneComment about={about} comment={answer} removable />
            </li>
          ))}
        </ul>
      )}
      {answering && (
        <CommentForm
          about={about}
          parentId={first.id}
          label="Write an answer"
          action="Answer"
          onDone={() => setAnswering(false)}
          className="mt-3"
        />
      )}
      <div className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-faint">
        {resolved && <span>Resolved by {first.resolvedByName}</span>}
        {writes && !answering && !resolved && (
          <Button size="sm" variant="ghost" className="-ml-2" onClick={() => setAnswering(true)}>
            Answer
          </Button>
        )}
        {writes && (
          <Button
            size="sm"
            variant="ghost"
            className="ml-auto"
            busy={resolve.isPending}
            onClick={() =>
              resolve.mutate(!resolved, {
                onError: (error) => toast({ tone: 'danger', title: 'Nothing was changed', detail: errorText(error) }),
              })
            }
          >
            {resolved ? <RotateCcw aria-hidden /> : <CheckCheck aria-hidden />}
            {resolved ? 'Open again' : 'Resolve'}
          </Button>
        )}
      </div>
    </li>
  );
}

function OneComment({ about, comment, removable }: { about: CommentSubject; comment: Comment; removable: boolean }) {
  const org = useOrg();
  const [editing, setEditing] = useState(false);
  return (
    <article aria-label={`Comment by ${comment.writtenByName}`} className="min-w-0">
      <header className="flex items-center gap-2 text-xs text-ink-faint">
        <span className="truncate text-sm font-medium text-ink" title={comment.writtenByName}>
          {comment.writtenByName}
        </span>
        <time dateTime={comment.createdAt} title={formatTime(comment.createdAt, org.zone, 'dateTime')}>
          {formatAgo(comment.createdAt)}
        </time>
        {comment.editedAt && <span>edited</span>}
        {comment.mine && org.can('comments.write') && (
          <OwnMenu comment={comment} removable={removable} onEdit={() => setEditing(true)} />
        )}
      </header>
      {editing ? (
        <CommentForm
          about={about}
          comment={comment}
          label="Change the comment"
          action="Save"
          onDone={() => setEditing(false)}
          className="mt-1"
        />
      ) : (
        <p className="mt-0.5 text-sm break-words whitespace-pre-wrap">{comment.body}</p>
      )}
    </article>
  );
}

function OwnMenu({ comment, removable, onEdit }: { comment: Comment; removable: boolean; onEdit: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const remove = useChange(org.slug, commentTables, (id: string, call) =>
    commentsApi.remove({ org: org.slug, params: { id } }, call),
  );
  return (
    <Menu
      trigger={
        <IconButton size="icon-sm" label="More about this comment" className="-my-1 -mr-2 ml-auto">
          <EllipsisVertical aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onSelect={onEdit}>Edit</MenuItem>
      {removable && (
        <MenuItem
          tone="danger"
          onSelect={() =>
            remove.mutate(comment.id, {
              onError: (error) =>
                toast({ tone: 'danger', title: 'The comment is still there', detail: errorText(error) }),
            })
          }
        >
          Remove
        </MenuItem>
      )}
    </Menu>
  );
}
