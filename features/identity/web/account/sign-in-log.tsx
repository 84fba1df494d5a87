import { useInfiniteQuery } from '@tanstack/react-query';
import { formatTime } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { deviceZone, signInsQuery } from './account-queries.ts';

/** Outcomes that somebody should look at twice. */
const alarming = new Set(['refused', 'locked', 'factor_refused']);

/** Sign-ins and attempts, newest first. */
export function SignInLog() {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(signInsQuery);
  const entries = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Section title="Sign-ins" description="Every sign-in to your account, and every attempt.">
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={3} />}
      {data && (
        <CardList label="Sign-ins">
          {entries.map((entry) => (
            <li
              key={entry.id}
              className="flex flex-col gap-x-4 gap-y-0.5 px-4 py-2 text-sm sm:flex-row sm:items-baseline sm:justify-between"
            >
              <span className="min-w-0">
                <span className={cn('font-medium', alarming.has(entry.outcome) && 'text-danger')}>{entry.summary}</span>{' '}
                <span className="block text-xs break-words text-ink-soft sm:inline">
                  {entry.device}
                  {entry.address && `, ${entry.address}`}
                </span>
              </span>
              <time dateTime={entry.at} className="shrink-0 text-xs text-ink-faint tabular-nums">
                {formatTime(entry.at, deviceZone, 'dateTime')}
              </time>
            </li>
          ))}
        </CardList>
      )}
      {hasNextPage && (
        <Button
          size="sm"
          variant="ghost"
          className="mt-2"
          busy={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </Section>
  );
}
