import { Link } from '@tanstack/react-router';
import { formatRange } from '#platform/time/format.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { TravelOf } from '../travel-contract.ts';
import { HotelList } from './hotel-card.tsx';
import { LegList } from './leg-list.tsx';
import { PerDiemList } from './per-diem-list.tsx';

/** The travel of one engagement among others, to read; its name leads to where it is changed. */
export function TravelGroup({ travel: { engagement, legs, hotels, perDiems } }: { travel: TravelOf }) {
  const org = useOrg();
  const { id, title, startsAt, endsAt, zone } = engagement;
  return (
    <section aria-label={title} className="grid grid-cols-1 gap-3">
      <h2 className="flex flex-wrap items-baseline gap-x-3 text-base font-semibold tracking-tight">
        <Link
          to="/o/$org/engagements/$id"
          params={{ org: org.slug, id }}
          search={{ tab: 'travel' }}
          className="min-w-0 break-words hover:underline"
        >
          {title}
        </Link>
        <span className="text-sm font-normal text-ink-faint tabular-nums">
          {formatRange(startsAt, endsAt, zone, 'date')}
        </span>
      </h2>
      {legs.length + hotels.length + perDiems.length === 0 && (
        <p className="text-sm text-ink-faint">No travel is planned yet.</p>
      )}
      {legs.length > 0 && <LegList legs={legs} />}
      {hotels.length > 0 && <HotelList hotels={hotels} people={[]} />}
      {perDiems.length > 0 && <PerDiemList perDiems={perDiems} editable={false} />}
    </section>
  );
}
