import { ArrowRight } from 'lucide-react';
import * as z from 'zod';
import { ApiError } from '#platform/client/client.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { useOrg, type Org } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { rangeText, statusWord } from '../claim-words.ts';
import { conflict, type Conflict } from '../contract.ts';

const conflicts = z.array(conflict);

/** The conflicts that a refusal names; none when it was refused for another reason. */
export function conflictsOf(error: unknown): Conflict[] {
  if (!(error instanceof ApiError)) return [];
  const found = conflicts.safeParse(error.problem['conflicts'] ?? error.problem['blockers']);
  return found.success ? found.data : [];
}

const reasons: Readonly<Record<Conflict['reason'], string>> = {
  committed: 'is taken',
  over_capacity: 'hasn’t enough free',
  outranked: 'has an earlier claim',
  archived: 'is out of use',
};

/** Each conflict with both sides: what was asked for, and what stands in the way. */
export function ConflictList({
  conflicts: list,
  asked,
  zoneOf,
}: {
  conflicts: readonly Conflict[];
  asked?: string;
  zoneOf?: (resourceId: string) => string;
}) {
  const org = useOrg();
  return (
    <ul className="space-y-3">
      {list.map((item) => (
        <li key={`${item.resourceId}/${item.startsAt}`} className="rounded-lg border border-line">
          <p className="border-b border-line px-3 py-2 text-sm font-medium break-words">
            {item.resourceName} {reasons[item.reason]}
          </p>
          <div className="grid gap-3 px-3 py-2.5 text-sm sm:grid-cols-[1fr_auto_1fr]">
            <Side heading="Asked for" title={asked ?? 'This claim'} time={timeOf(item, org, zoneOf)} />
            <ArrowRight aria-hidden className="hidden size-4 self-center text-ink-faint sm:block" />
            <div className="min-w-0 space-y-2">
              {item.blockers.map((blocker) => (
                <Side
                  key={blocker.claimId}
                  heading="In the way"
                  title={blocker.title}
                  badge={
                    blocker.engagementId || blocker.status !== 'commit'
                      ? capital(statusWord(org.pack, blocker.status, blocker.rank))
                      : undefined
                  }
                  time={timeOf({ ...blocker, resourceId: item.resourceId }, org, zoneOf)}
                />
              ))}
              {item.blockers.length === 0 && <p className="text-ink-soft">{item.message}</p>}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

function timeOf(
  span: { resourceId: string; startsAt: string; endsAt: string },
  org: Org,
  zoneOf?: (resourceId: string) => string,
): string {
  return rangeText(span.startsAt, span.endsAt, zoneOf?.(span.resourceId) ?? org.zone, org.zone);
}

function Side({ heading, title, time, badge }: { heading: string; title: string; time: string; badge?: string }) {
  return (
    <div className="min-w-0">
      <p className="text-xs text-ink-faint">{heading}</p>
      <p className="font-medium break-words">{title}</p>
      <p className="text-ink-soft">{time}</p>
      {badge && <Badge tone="outline">{badge}</Badge>}
    </div>
  );
}
