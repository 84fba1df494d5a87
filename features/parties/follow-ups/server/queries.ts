import { actorNames } from '#features/identity/server/actor-names.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import type { Databases } from '#platform/db/databases.ts';
import { Filter, listJson } from '#platform/db/list.ts';
import { getRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { followUp, type FollowUp, type followUps } from '../contract.ts';

/** Members' names stand in the control database: see `withNames`. */
export const followUpShape: RowShape = {
  entity: followUp,
  computed: {
    partyName: '(select p.name from parties p where p.org_id = r.org_id and p.id = r.party_id)',
    engagementTitle: '(select e.title from engagements e where e.org_id = r.org_id and e.id = r.engagement_id)',
    inquiryTitle: '(select i.title from inquiries i where i.org_id = r.org_id and i.id = r.inquiry_id)',
    userName: 'null',
  },
};

type ListQuery = RouteInput<(typeof followUps)['routes']['list']>['query'];

/** @param asker whose follow-ups `mine` are; programs have none */
export async function listFollowUps(
  tx: Tx,
  control: Databases['control'],
  { whose, state, partyId, engagementId, inquiryId, ...page }: ListQuery,
  asker: string | undefined,
) {
  if (whose === 'mine' && !asker) return { items: [], total: 0, next: null };
  const states = { open: ['r.done_at is null'], done: ['r.done_at is not null'], all: [] };
  const { text } = await listJson(tx, {
    from: 'follow_ups r',
    filter: new Filter(tx, ...states[state])
      .add((mark) => `r.user_id = ${mark}`, whose === 'mine' ? asker : undefined)
      .add((mark) => `r.party_id = ${mark}`, partyId)
      .add((mark) => `r.engagement_id = ${mark}`, engagementId)
      .add((mark) => `r.inquiry_id = ${mark}`, inquiryId),
    order: [
      { column: 'r.due_on::text', type: 'text' },
      { column: 'r.id', type: 'uuid' },
    ],
    descending: state === 'done',
    item: rowJson(followUpShape),
    page,
  });
  const found: { items: FollowUp[]; total: number; next: string | null } = JSON.parse(text);
  return { ...found, items: await withNames(tx, control, found.items) };
}

/** @throws AppError not_found */
export async function getFollowUp(tx: Tx, control: Databases['control'], id: string): Promise<FollowUp> {
  const row = await getRow<FollowUp>(tx, followUpShape, id);
  const [named] = await withNames(tx, control, [row]);
  return named ?? row;
}

async function withNames(tx: Tx, control: Databases['control'], rows: readonly FollowUp[]): Promise<FollowUp[]> {
  const actors = rows.flatMap(({ userId }) => (userId ? [`user:${userId}`] : []));
  if (actors.length === 0) return [...rows];
  const names = await actorNames(control, tx.scope.orgId, actors);
  return rows.map((row) => ({ ...row, userName: row.userId ? (names.get(`user:${row.userId}`) ?? null) : null }));
}
