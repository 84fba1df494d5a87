import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** What this place is for, and the first step. */
  children: ReactNode;
  /** One or two buttons. */
  actions?: ReactNode;
  className?: string;
}

/** What stands where a list would be: it teaches what belongs here and offers the first step. */
export function EmptyState({ icon: Icon, title, children, actions, className }: EmptyStateProps) {
  return (
    <div className={cn('mx-auto flex max-w-md flex-col items-center px-6 py-16 text-center', className)}>
      <span className="mb-4 grid size-11 place-items-center rounded-xl bg-accent-soft text-on-accent-soft">
        <Icon aria-hidden className="size-5" />
      </span>
      <h2 className="text-lg font-semibold tracking-tight">{title}</h2>
      <div className="mt-1.5 text-sm text-pretty text-ink-soft">{children}</div>
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
