import { useQuery } from '@tanstack/react-query';
import { cn } from '#platform/ui/class-names.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { sizeText } from '../upload-rules.ts';
import { usageQuery } from './file-queries.ts';

/** How much room the organisation's files take; it warns before there is none. */
export function QuotaBar({ className }: { className?: string }) {
  const org = useOrg();
  const usage = useQuery({ ...usageQuery(org.slug), enabled: org.can('files.read') });
  if (!usage.data) return null;
  const { used, quota, scanned } = usage.data;
  const share = Math.min(100, (used / quota) * 100);
  const text = `${sizeText(used)} of ${sizeText(quota)} used`;
  return (
    <div className={cn('flex items-center gap-2 text-xs text-ink-faint', className)}>
      <div
        role="meter"
        aria-label="Room for files"
        aria-valuenow={used}
        aria-valuemin={0}
        aria-valuemax={quota}
        aria-valuetext={text}
        className="h-1.5 w-20 shrink-0 overflow-hidden rounded-full bg-pressed"
      >
        <div
          className={cn('h-full rounded-full', share > 90 ? 'bg-danger' : 'bg-accent')}
          style={{ width: `${Math.max(2, share)}%` }}
        />
      </div>
      <span className={cn('truncate tabular-nums', share > 90 && 'text-danger')}>{text}</span>
      {!scanned && (
        <span
          className="shrink-0"
          title="This installation has no virus scanner: what is here can be downloaded, not shown."
        >
          · Not scanned for viruses
        </span>
      )}
    </div>
  );
}
