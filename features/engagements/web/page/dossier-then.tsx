import { useQuery } from '@tanstack/react-query';
import { activityParts } from '#features/history/activity-rules.ts';
import { dossierAsOfQuery } from '#features/history/web/history-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { rangeText } from '#features/scheduling/claims/claim-words.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';

/** What stood in the tabs at that time. */
export function DossierThen({ id, at }: { id: string; at: string }) {
  const org = useOrg();
  const { data, error, isPending } = useQuery(dossierAsOfQuery(org.slug, id, at));
  if (isPending) return <SkeletonRows rows={3} />;
  if (error) return <ErrorNotice error={error} className="mb-4" />;
  const parts = Map.groupBy(data.items, ({ part }) => part);
  return [...parts].map(([part, items]) => (
    <Section key={part} title={activityParts[part].label}>
      <CardList label={activityParts[part].label}>
        {items.map(({ id: row, label, detail, startsAt, endsAt, zone }) => (
          <li key={row} className="flex flex-wrap gap-x-3 px-4 py-2 text-sm">
            <span className="min-w-0 flex-1 basis-48 break-words">{label}</span>
            {startsAt && endsAt && zone && (
              <span className="text-ink-soft tabular-nums">{rangeText(startsAt, endsAt, zone, org.zone)}</span>
            )}
            {detail && <span className="min-w-0 break-words text-ink-faint">{detail}</span>}
          </li>
        ))}
      </CardList>
    </Section>
  ));
}
