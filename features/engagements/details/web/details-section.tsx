import { useQuery } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Section } from '#platform/ui/table.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { DetailField } from '../contract.ts';
import { detailsQuery } from './detail-queries.ts';
import { DetailsForm } from './details-form.tsx';

/** What is written down about an engagement, in its pack's fields. */
export function DetailsSection({ engagementId }: { engagementId: string }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(detailsQuery(org.slug, engagementId));
  const [open, setOpen] = useState(false);
  const writes = org.can('details.write');
  const said = data?.fields.filter(({ key }) => data.values[key]) ?? [];
  if (data && (data.fields.length === 0 || (said.length === 0 && !writes))) return null;
  return (
    <Section
      title="Details"
      actions={
        writes &&
        data && (
          <Button size="sm" onClick={() => setOpen(true)}>
            <Pencil aria-hidden /> Edit details
          </Button>
        )
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={3} />}
      {data && said.length === 0 && (
        <p className="text-sm text-pretty text-ink-faint">
          Nothing is written down yet:{' '}
          {data.fields
            .slice(0, 3)
            .map(({ label }) => label.toLowerCase())
            .join(', ')}
          {data.fields.length > 3 && ' …'}
        </p>
      )}
      <dl className="grid gap-3 text-sm">
        {said.map((field) => (
          <div key={field.key} className="grid grid-cols-[8rem_minmax(0,1fr)] gap-2">
            <dt className="break-words text-ink-faint">{field.label}</dt>
            <dd className="min-w-0 break-words whitespace-pre-wrap">
              {shownValue(field, data?.values[field.key] ?? '')}
            </dd>
          </div>
        ))}
      </dl>
      {data && (
        <Dialog open={open} onOpenChange={setOpen} title="Details" size="lg">
          <DetailsForm engagementId={engagementId} details={data} onDone={() => setOpen(false)} />
        </Dialog>
      )}
    </Section>
  );
}

function shownValue({ kind }: DetailField, value: string): string {
  if (kind === 'yes_no') return value === 'yes' ? 'Yes' : 'No';
  if (kind === 'number') return Number(value).toLocaleString(undefined, { maximumFractionDigits: 4 });
  if (kind === 'date')
    return new Date(`${value}T00:00:00Z`).toLocaleDateString(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
  return value;
}
