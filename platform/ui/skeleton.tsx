import { cn } from './class-names.ts';

/** A grey shape where something is on its way. Say what loads once, around them, with `aria-busy`. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('h-4 animate-breathe rounded-sm bg-pressed', className)} />;
}

/** Rows of a list on their way. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading" className="divide-y divide-line">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-12 items-center gap-4 px-4">
          <Skeleton className={index % 3 === 0 ? 'w-52' : index % 3 === 1 ? 'w-64' : 'w-44'} />
          <Skeleton className="hidden w-24 sm:block" />
          <Skeleton className="ml-auto w-16" />
        </div>
      ))}
    </div>
  );
}
