import { formatDate } from '#platform/time/format.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Change } from '../contract.ts';
import { AuditEntry } from './audit-entry.tsx';
import type { AuditSearch } from './audit-search.ts';

interface AuditDaysProps {
  rows: readonly Change[];
  onFilter: (part: AuditSearch) => void;
}

/** Entries under the day on which they were made, by the organisation's clock. */
export function AuditDays({ rows, onFilter }: AuditDaysProps) {
  const org = useOrg();
  const days = Map.groupBy(rows, ({ at }) => toWallClock(at, org.zone).date);
  return (
    <div className="pb-6">
      {[...days].map(([day, changes]) => (
        <section key={day} aria-label={day}>
          <h2 className="sticky top-0 z-10 border-b border-line bg-canvas px-4 py-1.5 text-xs font-semibold text-ink-faint sm:px-6">
            {formatDate(day, 'longDay')}
          </h2>
          <ul className="divide-y divide-line border-b border-line">
            {changes.map((change) => (
              <AuditEntry key={change.id} change={change} onFilter={onFilter} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
