import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { zoneCity } from '#platform/time/format.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Hours } from '../contract.ts';
import { availabilityApi, hoursQuery } from './availability-queries.ts';
import { DayHours, overlapsWithin, weekdays } from './day-hours.tsx';

/** When somebody or something is at hand in a usual week. None means always. */
export function WeeklyHours({ resourceId, zone }: { resourceId: string; zone: string }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(hoursQuery(org.slug, resourceId));
  return (
    <Section
      title="Weekly hours"
      description={`By the clock of ${zoneCity(zone)}. Searches leave out what falls outside; booking there warns. Without hours, any time is fine.`}
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={4} />}
      {data && <HoursEditor key={JSON.stringify(data.hours)} resourceId={resourceId} saved={data.hours} />}
    </Section>
  );
}

const workday = { startsMinute: 9 * 60, endsMinute: 17 * 60 };

function HoursEditor({ resourceId, saved }: { resourceId: string; saved: readonly Hours[] }) {
  const org = useOrg();
  const toast = useToast();
  const [hours, setHours] = useState<readonly Hours[]>(saved);
  const save = useChange(org.slug, ['working_hours'], (next: readonly Hours[], call) =>
    availabilityApi.setHours({ org: org.slug, params: { id: resourceId }, body: { hours: [...next] } }, call),
  );
  // Of others they see nothing: what is shown is theirs.
  const editable = org.can('availability.write', 'own');
  const changed = JSON.stringify(hours) !== JSON.stringify(saved);
  const wrong = weekdays.some((_, index) => overlapsWithin(hours.filter(({ weekday }) => weekday === index + 1)));
  const setDay = (weekday: number, day: Hours[]) =>
    setHours([...hours.filter((entry) => entry.weekday !== weekday), ...day].sort(byTime));
  const saveNow = () =>
    save.mutate(hours, { onSuccess: () => toast({ tone: 'good', title: 'The weekly hours are saved' }) });
  return (
    <>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
        {weekdays.map((name, index) => (
          <DayHours
            key={name}
            name={name}
            weekday={index + 1}
            hours={hours.filter(({ weekday }) => weekday === index + 1)}
            editable={editable}
            onHours={(day) => setDay(index + 1, day)}
          />
        ))}
      </ul>
      {save.error && <ErrorNotice error={save.error} className="mt-3" />}
      {editable && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button variant="primary" disabled={!changed || wrong} busy={save.isPending} onClick={saveNow}>
            Save hours
          </Button>
          {changed && <Button onClick={() => setHours(saved)}>Undo</Button>}
          {hours.length === 0 && !changed && (
            <Button onClick={() => setHours([1, 2, 3, 4, 5].map((weekday) => ({ weekday, ...workday })))}>
              Monday to Friday, 9 to 17
            </Button>
          )}
          {hours.length > 0 && (
            <Button variant="ghost" onClick={() => setHours([])}>
              Always at hand
            </Button>
          )}
        </div>
      )}
    </>
  );
}

function byTime(a: Hours, b: Hours): number {
  return a.weekday - b.weekday || a.startsMinute - b.startsMinute;
}
