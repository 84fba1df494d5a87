import type { ReactNode } from 'react';
import { usePageTitle } from '#platform/ui/use-page-title.ts';
import { cn } from '#platform/ui/class-names.ts';

/** The page before one is inside: sign-in, links, the first visit. */
export function DoorFrame({
  title,
  description,
  children,
  wide,
}: {
  title: string;
  description?: ReactNode;
  children: ReactNode;
  wide?: boolean;
}) {
  usePageTitle(title);
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 py-10 sm:justify-center sm:py-16">
      <div className={cn('w-full', wide ? 'max-w-xl' : 'max-w-sm')}>
        <div className="mb-6 flex items-center gap-2.5">
          <img src="/icon.svg" alt="" className="size-8" />
          <span className="text-lg font-semibold tracking-tight">Holdfast</span>
        </div>
        <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
        {description && <p className="mt-1 text-sm text-pretty break-words text-ink-soft">{description}</p>}
        <div className="mt-6">{children}</div>
      </div>
    </main>
  );
}

/** Foot of a form at the door: its button is as wide as the boxes. */
export function DoorFooter({ children }: { children: ReactNode }) {
  return <div className="grid gap-3">{children}</div>;
}

/** Parts one way in from the others. */
export function Or() {
  return (
    <div aria-hidden className="my-5 flex items-center gap-3 text-xs text-ink-faint">
      <span className="h-px flex-1 bg-line" />
      or
      <span className="h-px flex-1 bg-line" />
    </div>
  );
}
