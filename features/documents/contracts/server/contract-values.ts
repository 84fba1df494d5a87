import { kindLabel } from '#features/engagements/timeline/item-kinds.ts';
import type { SheetFrame } from '#features/documents/server/sheet-frame.ts';
import type { SheetSource } from '#features/documents/server/sheet-source.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Caller } from '#platform/http/feature.ts';
import { minorDigits } from '#platform/text/money.ts';
import { zoneCity } from '#platform/time/format.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import type { ContractVariable } from '../contract-variables.ts';

export interface ContractParty {
  name: string;
  role: string;
  email: string;
  phone: string;
  valueMinor: number | null;
  currency: string | null;
}

/** Who makes the contract: what they may not know of somebody stays out of it. */
type Maker = Pick<Caller, 'can'>;

/**
 * The contact, with their role on the engagement and what that is worth.
 * @throws AppError not_found
 */
export async function partyOf(tx: Tx, engagementId: string, partyId: string, maker: Maker): Promise<ContractParty> {
  const [found] = await tx.query<ContractParty>(
    `select p.name, case when $5 then coalesce(p.email, '') else '' end as email,
            case when $5 then coalesce(p.phone, '') else '' end as phone,
            coalesce((select string_agg(distinct x.role, ', ') from engagement_parties x
                       where x.org_id = p.org_id and x.engagement_id = $3 and x.party_id = p.id), '') as role,
            case when $4 then e.value_minor::float8 end as "valueMinor", case when $4 then e.value_currency end as currency
       from parties p join engagements e on e.org_id = p.org_id and e.id = $3
      where p.org_id = $1 and p.id = $2`,
    [tx.scope.orgId, partyId, engagementId, maker.can('engagements.value'), maker.can('parties.contacts')],
  );
  if (!found) throw notFound('This contact');
  return found;
}

/** What stands for each variable; '' where nobody has entered it. */
export function contractValues(
  { clock, organisation, now }: SheetFrame,
  { engagement, items }: SheetSource,
  party: ContractParty,
): Record<ContractVariable, string> {
  const { startsAt, endsAt, zone } = engagement;
  const first = toWallClock(startsAt, zone).date;
  // An end at midnight belongs to the day that ends.
  const last = toWallClock(new Date(Date.parse(endsAt) - 1).toISOString(), zone).date;
  const days = [clock.longDate(first), ...(last > first ? [clock.longDate(last)] : [])].join(' – ');
  return {
    'organisation.name': organisation.name,
    'party.name': party.name,
    'party.role': party.role,
    'party.email': party.email,
    'party.phone': party.phone,
    'engagement.title': engagement.title,
    'engagement.series': engagement.series ?? '',
    'engagement.date': days,
    'engagement.starts': clock.time(startsAt, zone),
    'engagement.ends': clock.time(endsAt, zone),
    'engagement.zone': zoneCity(zone),
    'engagement.place': engagement.place ?? '',
    'engagement.address': engagement.address ?? '',
    'engagement.value': moneyWords(party, clock.language),
    schedule: items
      .map(({ kind, title, startsAt: from, endsAt: until, zone: there, place }) => {
        const day = clock.day(toWallClock(from, there).date);
        const what = title || kindLabel(kind);
        const where = place && place !== engagement.place ? `, ${place}` : '';
        return `${day} ${clock.time(from, there)}–${clock.until(until, from, there)}  ${what}${where}`;
      })
      .join('\n'),
    today: clock.longDate(toWallClock(now.toISOString(), organisation.zone).date),
  };
}

function moneyWords({ valueMinor, currency }: ContractParty, language: string): string {
  if (valueMinor === null || currency === null) return '';
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(
    valueMinor / 10 ** minorDigits(currency),
  );
}
