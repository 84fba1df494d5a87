import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

/**
 * A real table: header cells name their columns. Hide columns that a phone has no room for with
 * `hidden sm:table-cell` on both the `Th` and the `Td`.
 */
export function Table({ children, label, className }: { children: ReactNode; label: string; className?: string }) {
  return (
    <table aria-label={label} className={cn('w-full table-fixed border-collapse text-sm', className)}>
      {children}
    </table>
  );
}

export function Th({ className, ...props }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={cn(
        'h-8 border-b border-line px-2 text-left text-xs font-medium whitespace-nowrap text-ink-faint first:pl-4 last:pr-4 sm:first:pl-6 sm:last:pr-6',
        className,
      )}
      {...props}
    />
  );
}

export function Tr({ className, ...props }: ComponentProps<'tr'>) {
  return <tr className={cn('group border-b border-line last:border-0 hover:bg-hover/60', className)} {...props} />;
}

export function Td({ className, ...props }: ComponentProps<'td'>) {
  return (
    <td
      className={cn('h-12 truncate px-2 py-1.5 first:pl-4 last:pr-4 sm:first:pl-6 sm:last:pr-6', className)}
      {...props}
    />
  );
}

/** A titled block of a page, for details and settings. */
export function Section({
  title,
  description,
  actions,
  children,
  className,
}: {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section aria-label={title} className={cn('py-5 first:pt-0', className)}>
      <div className="mb-3 flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="text-base font-semibold tracking-tight">{title}</h2>
          {description && <p className="mt-0.5 text-sm text-pretty text-ink-soft">{description}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** Rows on a card. */
export function CardList({ children, label }: { children: ReactNode; label: string }) {
  return (
    <ul
      aria-label={label}
      className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card"
    >
      {children}
    </ul>
  );
}
