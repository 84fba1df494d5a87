import { useQuery } from '@tanstack/react-query';
import { MessageSquare } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Comment } from '../contract.ts';
import { commentsQuery, type CommentSubject } from './comment-queries.ts';
import { CommentForm } from './comment-form.tsx';
import { CommentThread } from './comment-thread.tsx';

interface CommentsProps extends CommentSubject {
  /** What stands where nothing was said yet. */
  empty?: string;
  className?: string;
}

/** What the team says about a thing: open threads, and those that are settled on request. */
export function Comments({ subject, subjectId, empty, className }: CommentsProps) {
  const org = useOrg();
  const about = { subject, subjectId };
  const { data, error, refetch, isPending } = useQuery({
    ...commentsQuery(org.slug, about),
    enabled: org.can('comments.read'),
  });
  const [settledToo, setSettledToo] = useState(false);
  if (!org.can('comments.read')) return null;
  const threads = threadsOf(data?.items ?? []);
  const open = threads.filter(({ first }) => first.resolvedAt === null);
  const settled = threads.length - open.length;
  const shown = settledToo ? threads : open;
  return (
    <section aria-label="Comments" className={cn('min-w-0', className)}>
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="flex items-center gap-1.5 text-sm font-semibold">
          <MessageSquare aria-hidden className="size-4 text-ink-faint" /> Comments
          {open.length > 0 && <span className="text-xs font-normal text-ink-faint tabular-nums">{open.length}</span>}
        </h3>
        {settled > 0 && (
          <Button
            size="sm"
            variant="ghost"
            aria-pressed={settledToo}
            onClick={() => setSettledToo(!settledToo)}
            className="ml-auto"
          >
            {settledToo ? 'Hide resolved' : `${settled} resolved`}
          </Button>
        )}
      </div>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <SkeletonRows rows={2} />}
      {data && shown.length === 0 && empty && <p className="mb-2 text-sm text-ink-soft">{empty}</p>}
      <ul className="grid gap-3">
        {shown.map(({ first, answers }) => (
          <CommentThread key={first.id} about={about} first={first} answers={answers} />
        ))}
      </ul>
      {org.can('comments.write') && data && (
        <CommentForm key={subjectId} about={about} label="Write a comment" action="Comment" className="mt-3" />
      )}
    </section>
  );
}

/** Threads in the order in which they were begun. */
function threadsOf(comments: readonly Comment[]): { first: Comment; answers: Comment[] }[] {
  return comments
    .filter(({ parentId }) => parentId === null)
    .map((first) => ({ first, answers: comments.filter(({ parentId }) => parentId === first.id) }));
}
