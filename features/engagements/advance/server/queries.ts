import { actorNames } from '#features/identity/server/actor-names.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { saidTo, type Planned } from '../schedule-rules.ts';
import {
  item,
  type AdvanceItem,
  type AdvanceLink,
  type AdvanceSettings,
  type ScheduleTime,
  type Writer,
} from '../contract.ts';

/** Who wrote is an actor here where it is one of ours, and becomes a name in `finished`. */
const writerJson = (link: string, actor: string) => `case
    when ${link} is not null then (select json_build_object('side', 'them', 'name', l.name) from advance_links l
                                    where l.org_id = r.org_id and l.id = ${link})
    when ${actor} is not null then json_build_object('side', 'us', 'name', ${actor}) end`;

const commentsJson = (which: string) => `coalesce((select json_agg(json_build_object('id', c.id, 'body', c.body,
    'internal', c.internal, 'writer', ${writerJson('c.link_id', 'c.written_by')}, 'createdAt', iso(c.created_at))
      order by c.created_at, c.id)
  from advance_comments c where c.org_id = r.org_id and c.item_id = r.id ${which}), '[]'::json)`;

export const itemShape: RowShape = {
  entity: item,
  computed: { answeredBy: writerJson('r.answered_link_id', 'r.answered_by'), comments: commentsJson('') },
};

const itemJson = rowJson(itemShape);
/** Without what is said among ourselves. */
const theirItemJson = rowJson({
  ...itemShape,
  computed: { ...itemShape.computed, comments: commentsJson('and not c.internal') },
});

/** What holds until somebody says otherwise: answers two weeks before, links open a week longer. */
export const usual: AdvanceSettings = { dueDays: 14, remindDays: [16, 10, 5], openDays: 7, version: 0 };

export async function getSettings(tx: Tx, engagementId: string): Promise<AdvanceSettings> {
  const [found] = await tx.query<AdvanceSettings>(
    `select due_days as "dueDays", remind_days as "remindDays", open_days as "openDays", version
       from advances where org_id = $1 and id = $2`,
    [tx.scope.orgId, engagementId],
  );
  return found ?? usual;
}

/** @throws AppError not_found */
export async function requireEngagement(tx: Tx, id: string): Promise<void> {
  const [found] = await tx.query('select from engagements where org_id = $1 and id = $2', [tx.scope.orgId, id]);
  if (!found) throw notFound('This engagement');
}

/** In order. @param theirs as the other side may see them */
export async function listItems(tx: Tx, engagementId: string, theirs = false): Promise<AdvanceItem[]> {
  const rows = await tx.query<{ row: AdvanceItem }>(
    `select ${theirs ? theirItemJson : itemJson} as row from advance_items r
      where r.org_id = $1 and r.engagement_id = $2 order by r.sort, r.id`,
    [tx.scope.orgId, engagementId],
  );
  return rows.map(({ row }) => row);
}

/** The whole advance. @throws AppError not_found */
export async function getAdvance(tx: Tx, control: Databases['control'], engagementId: string) {
  const [, settings, items, links, planned] = await Promise.all([
    requireEngagement(tx, engagementId),
    getSettings(tx, engagementId),
    listItems(tx, engagementId),
    listLinks(tx, engagementId),
    listPlanned(tx, engagementId),
  ]);
  const schedule = items.flatMap((each): ScheduleTime[] =>
    saidTo(each, planned).map((said) => ({ itemId: each.id, ...said })),
  );
  return { settings, items: await named(tx, control, items), links, schedule };
}

/** By start. */
function listPlanned(tx: Tx, engagementId: string): Promise<Planned[]> {
  return tx.query<Planned>(
    `select s.kind, s.title, iso(s.starts_at) as "startsAt", iso(s.ends_at) as "endsAt", s.zone, s.seen_by as "seenBy",
            iso(e.starts_at) as "begins"
       from schedule_items s join engagements e on e.org_id = s.org_id and e.id = s.engagement_id
      where s.org_id = $1 and s.engagement_id = $2 order by s.starts_at, s.id`,
    [tx.scope.orgId, engagementId],
  );
}

/** Actors of ours become names. */
export async function named(tx: Tx, control: Databases['control'], items: readonly AdvanceItem[]) {
  const ours = (writer: Writer | null) => (writer?.side === 'us' ? [writer.name] : []);
  const actors = items.flatMap(({ answeredBy, comments }) => [
    ...ours(answeredBy),
    ...comments.flatMap(({ writer }) => ours(writer)),
  ]);
  const names = await actorNames(control, tx.scope.orgId, actors);
  const known = (writer: Writer): Writer =>
    writer.side === 'us' ? { ...writer, name: names.get(writer.name) ?? writer.name } : writer;
  return items.map((each) => ({
    ...each,
    answeredBy: each.answeredBy && known(each.answeredBy),
    comments: each.comments.map((comment) => ({ ...comment, writer: known(comment.writer) })),
  }));
}

/** @throws AppError not_found */
export async function getItem(tx: Tx, control: Databases['control'], id: string): Promise<AdvanceItem> {
  const [found] = await tx.query<{ row: AdvanceItem }>(
    `select ${itemJson} as row from advance_items r where r.org_id = $1 and r.id = $2`,
    [tx.scope.orgId, id],
  );
  if (!found) throw notFound('This item');
  const [item] = await named(tx, control, [found.row]);
  return item ?? found.row;
}

export async function getProgress(tx: Tx, engagementId: string): Promise<{ agreed: number; all: number }> {
  const [, [counted]] = await Promise.all([
    requireEngagement(tx, engagementId),
    tx.query<{ agreed: number; all: number }>(
      `select count(*) filter (where state = 'agreed')::int as agreed, count(*)::int as all
         from advance_items where org_id = $1 and engagement_id = $2`,
      [tx.scope.orgId, engagementId],
    ),
  ]);
  return counted ?? { agreed: 0, all: 0 };
}

const linkColumns = `l.id, l.party_id as "partyId", l.name, l.email, iso(l.sent_at) as "sentAt",
  iso(l.reminded_at) as "remindedAt", iso(l.revoked_at) as "revokedAt",
  iso(e.ends_at + coalesce(a.open_days, ${usual.openDays}) * interval '1 day') as "endsAt", l.opened,
  iso(l.first_opened_at) as "firstOpenedAt", iso(l.last_opened_at) as "lastOpenedAt"`;
const linkTables = `advance_links l
  join engagements e on e.org_id = l.org_id and e.id = l.engagement_id
  left join advances a on a.org_id = l.org_id and a.id = l.engagement_id`;

export function listLinks(tx: Tx, engagementId: string): Promise<AdvanceLink[]> {
  return tx.query<AdvanceLink>(
    `select ${linkColumns} from ${linkTables} where l.org_id = $1 and l.engagement_id = $2 order by l.created_at, l.id`,
    [tx.scope.orgId, engagementId],
  );
}

/** @throws AppError not_found */
export async function getLink(tx: Tx, id: string): Promise<AdvanceLink> {
  const [found] = await tx.query<AdvanceLink>(
    `select ${linkColumns} from ${linkTables} where l.org_id = $1 and l.id = $2`,
    [tx.scope.orgId, id],
  );
  if (!found) throw notFound('This link');
  return found;
}
