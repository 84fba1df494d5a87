import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface FactRowProps {
  icon?: LucideIcon;
  title: ReactNode;
  /** Under the title, in small. */
  note?: ReactNode;
  /** Buttons at the end. */
  children?: ReactNode;
}

/** One line of a `CardList` of the account: what there is, and what can be done with it. */
export function FactRow({ icon: Icon, title, note, children }: FactRowProps) {
  return (
    <li className="flex min-h-14 items-center gap-3 px-4 py-2.5 text-sm">
      {Icon && <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />}
      <div className="min-w-0 flex-1">
        <div className="flex min-w-0 items-center gap-2 font-medium">{title}</div>
        {note && <div className="mt-0.5 text-xs break-words text-ink-soft">{note}</div>}
      </div>
      {children && <div className="flex shrink-0 items-center gap-1">{children}</div>}
    </li>
  );
}
