import { Progress as Radix } from 'radix-ui';

interface ProgressProps {
  label: string;
  done: number;
  /** 0 while it isn't known yet. */
  total: number;
}

/** How far something is that takes a while. */
export function Progress({ label, done, total }: ProgressProps) {
  const known = total > 0;
  const share = known ? Math.min(100, Math.round((done / total) * 100)) : 0;
  return (
    <div>
      <div className="mb-1.5 flex justify-between gap-3 text-sm">
        <span className="min-w-0 truncate">{label}</span>
        <span className="shrink-0 text-ink-faint tabular-nums">
          {known ? `${done.toLocaleString()} of ${total.toLocaleString()}` : 'Starting…'}
        </span>
      </div>
      <Radix.Root
        value={known ? share : null}
        aria-label={label}
        className="h-1.5 overflow-hidden rounded-full bg-pressed"
      >
        <Radix.Indicator
          className="h-full rounded-full bg-accent transition-[width] duration-300"
          style={{ width: known ? `${share}%` : '12%' }}
        />
      </Radix.Root>
    </div>
  );
}
