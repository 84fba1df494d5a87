import { SlidersHorizontal } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';

interface FilterBarProps {
  /** Always in sight: the search. */
  search: ReactNode;
  /** How many filters are set; shown where they are folded away. */
  count: number;
  /** The filters: in a row on a wide screen, behind a button on a phone. */
  children: ReactNode;
}

/** Search and filters above a list. */
export function FilterBar({ search, count, children }: FilterBarProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      {search}
      <Button className="sm:hidden" aria-expanded={open} onClick={() => setOpen(!open)}>
        <SlidersHorizontal aria-hidden />
        Filters
        {count > 0 && <span className="tabular-nums">({count})</span>}
      </Button>
      <div className={cn('w-full flex-wrap items-center gap-2 sm:flex sm:w-auto', open ? 'flex' : 'hidden')}>
        {children}
      </div>
    </>
  );
}
