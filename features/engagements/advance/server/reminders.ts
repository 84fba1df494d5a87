import type { Tx } from '#platform/db/tenant.ts';
import { reminderDue } from '../rules.ts';
import { isLost } from './lost.ts';
import { usual } from './queries.ts';
import { mail } from './sending.ts';

interface Waiting {
  id: string;
  sentAt: string;
  remindedAt: string | null;
  startsAt: string;
  endsAt: string;
  zone: string;
  pack: string;
  stage: string;
  remindDays: number[];
}

/** Writes again to those whose side still owes answers, when a day for it has come. Nobody is reminded of what is done. */
export async function remindOfOpen(tx: Tx, secret: string): Promise<void> {
  const { orgId, now } = tx.scope;
  const waiting = await tx.query<Waiting>(
    `select l.id, iso(l.sent_at) as "sentAt", iso(l.reminded_at) as "remindedAt", iso(e.starts_at) as "startsAt",
            iso(e.ends_at) as "endsAt", e.zone, e.pack, e.stage, coalesce(a.remind_days, $3) as "remindDays"
       from advance_links l
       join engagements e on e.org_id = l.org_id and e.id = l.engagement_id
       left join advances a on a.org_id = l.org_id and a.id = l.engagement_id
      where l.org_id = $1 and l.revoked_at is null and e.starts_at > $2
        and exists (select from advance_items i where i.org_id = l.org_id and i.engagement_id = l.engagement_id
                       and i.side = 'them' and i.state = 'open')
      order by l.id for no key update of l`,
    [orgId, now, usual.remindDays],
  );
  for (const each of waiting) {
    const { id, startsAt, endsAt, zone, remindDays } = each;
    const due = reminderDue({ span: { startsAt, endsAt, zone }, remindDays }, each, now.toISOString());
    if (!due || isLost(each)) continue;
    await tx.query('update advance_links set reminded_at = $3, updated_at = now() where org_id = $1 and id = $2', [
      orgId,
      id,
      now,
    ]);
    await mail(tx, id, { kind: 'advance_reminder', message: '', secret });
  }
}
