import type { ReactNode } from 'react';
import { usePageTitle } from './use-page-title.ts';

interface PageHeaderProps {
  title: string;
  /** A figure or short words after the title. */
  aside?: ReactNode;
  /** Above the title: where this page belongs. */
  crumb?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Search and filters, below. */
  children?: ReactNode;
}

/** The head of a page: its only `h1`, its actions, its filters. It names the tab too. */
export function PageHeader({ title, aside, crumb, description, actions, children }: PageHeaderProps) {
  usePageTitle(title);
  return (
    <header className="px-4 pt-4 pb-3 sm:px-6 sm:pt-5">
      {crumb && <div className="mb-1 flex min-w-0 items-center gap-1.5 text-xs text-ink-faint">{crumb}</div>}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-48 items-baseline gap-2.5">
          <h1 className="truncate text-xl font-semibold tracking-tight first-letter:uppercase" title={title}>
            {title}
          </h1>
          {aside && <div className="shrink-0 text-sm text-ink-faint tabular-nums">{aside}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {description && <p className="mt-1 max-w-3xl text-sm text-pretty text-ink-soft">{description}</p>}
      {children && <div className="mt-3 flex flex-wrap items-center gap-2">{children}</div>}
    </header>
  );
}
