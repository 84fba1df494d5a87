import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';

/** An error as one sentence with its remedy, whatever it is. */
export function errorText(error: unknown): string {
  if (error instanceof ApiError) {
    if (error.code === 'rate_limited') return 'Too many tries. Wait a minute, then try again.';
    if (error.code === 'internal') return 'Something went wrong on the server; nothing was saved. Try again.';
    if (error.code === 'forbidden') return 'Your role doesn’t allow this. Ask an owner of the organisation.';
    return error.message;
  }
  if (error instanceof TypeError) return 'The server can’t be reached. Check the connection, then try again.';
  return 'Something unexpected happened. Reload the page, then try again.';
}

/** A notice that stays where the problem is. `onRetry` adds a button. */
export function ErrorNotice({
  error,
  onRetry,
  children,
  className,
}: {
  error: unknown;
  onRetry?: () => void;
  children?: ReactNode;
  className?: string;
}) {
  return (
    <div
      role="alert"
      className={cn(
        'flex items-start gap-2.5 rounded-md bg-danger-soft px-3 py-2.5 text-sm text-on-danger-soft',
        className,
      )}
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 break-words">
        {errorText(error)}
        {children}
      </div>
      {onRetry && (
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
