import { actorNames } from '#features/identity/server/actor-names.ts';
import { claimJson } from '#features/scheduling/claims/server/queries.ts';
import type { Claim } from '#features/scheduling/claims/contract.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import type { Databases } from '#platform/db/databases.ts';
import { containing, Filter, listJson } from '#platform/db/list.ts';
import { getRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { inquiries } from '../contract.ts';
import {
  inquiry,
  type Inquiry,
  type InquiryDecision,
  type InquiryDetail,
  type InquiryMessage,
} from '../inquiry-contract.ts';
import type { InquiryState } from '../rules.ts';
import { readAnswers } from './answers.ts';
import { alikeParties } from './contacts.ts';

type Control = Databases['control'];

/** Who sees to it is an account here, and becomes a name in `withNames`: members stand in the control database. */
export const inquiryShape: RowShape = {
  entity: inquiry,
  computed: {
    formTitle: '(select f.title from forms f where f.org_id = r.org_id and f.id = r.form_id)',
    placeName: '(select p.name from resources p where p.org_id = r.org_id and p.id = r.place_id)',
    assigneeName: 'null',
    holds: '(select count(*)::int from inquiry_claims k where k.org_id = r.org_id and k.inquiry_id = r.id)',
    unanswered: `coalesce((select m.kind = 'answer' from inquiry_messages m
      where m.org_id = r.org_id and m.inquiry_id = r.id and m.kind <> 'note' order by m.written_at desc, m.id desc limit 1), false)`,
  },
};

type ListQuery = RouteInput<(typeof inquiries)['routes']['list']>['query'];

export async function listInquiries(tx: Tx, control: Control, query: ListQuery) {
  const matches = (mark: string) =>
    `(r.title ilike ${mark} or r.contact_name ilike ${mark} or r.company ilike ${mark} or r.email ilike ${mark})`;
  const { text } = await listJson(tx, {
    from: 'inquiries r',
    filter: new Filter(tx, ...(query.unassigned ? ['r.assignee_user_id is null'] : []))
      .add((mark) => `r.state = any(${mark}::text[])`, query.state)
      .add((mark) => `r.assignee_user_id = ${mark}`, query.assigneeUserId)
      .add((mark) => `r.form_id = ${mark}`, query.formId)
      .add((mark) => `r.party_id = ${mark}`, query.partyId)
      .add((mark) => `r.engagement_id = ${mark}`, query.engagementId)
      .add((mark) => `r.labels @> array[${mark}::text]`, query.label)
      .add(matches, containing(query.q)),
    order: [
      { column: 'r.received_at', type: 'timestamptz' },
      { column: 'r.id', type: 'uuid' },
    ],
    descending: true,
    item: rowJson(inquiryShape),
    page: query,
  });
  const found: { items: Inquiry[]; total: number; next: string | null } = JSON.parse(text);
  return { ...found, items: await withNames(tx, control, found.items) };
}

export async function getInquiry(tx: Tx, control: Control, id: string): Promise<Inquiry> {
  const row = await getRow<Inquiry>(tx, inquiryShape, id);
  const [named = row] = await withNames(tx, control, [row]);
  return named;
}

async function withNames(tx: Tx, control: Control, rows: readonly Inquiry[]): Promise<Inquiry[]> {
  const actors = rows.flatMap(({ assigneeUserId }) => (assigneeUserId ? [`user:${assigneeUserId}`] : []));
  const names = await actorNames(control, tx.scope.orgId, actors);
  return rows.map((row) => ({ ...row, assigneeName: names.get(`user:${row.assigneeUserId}`) ?? null }));
}

/** How many there are in each state, and what the filters offer. */
export async function countInquiries(tx: Tx) {
  const { orgId } = tx.scope;
  const [counted, labels, forms] = await Promise.all([
    tx.query<{ state: InquiryState; count: number }>(
      'select state, count(*)::int as count from inquiries where org_id = $1 group by state',
      [orgId],
    ),
    tx.query<{ label: string }>(
      'select distinct unnest(labels) as label from inquiries where org_id = $1 order by 1 limit 200',
      [orgId],
    ),
    tx.query<{ id: string; title: string }>(
      `select f.id, f.title from forms f where f.org_id = $1
          and exists (select from inquiries q where q.org_id = $1 and q.form_id = f.id) order by f.title, f.id`,
      [orgId],
    ),
  ]);
  const none = { new: 0, review: 0, hold: 0, approved: 0, declined: 0, withdrawn: 0, spam: 0 };
  const states = counted.reduce((sum, { state, count }) => ({ ...sum, [state]: count }), none);
  return { states, labels: labels.map(({ label }) => label), forms };
}

/** Everything about one inquiry. @throws AppError not_found */
export async function getDetail(tx: Tx, control: Control, id: string): Promise<InquiryDetail> {
  const key = [tx.scope.orgId, id];
  const [row, given, names, decisions, messages, claims] = await Promise.all([
    getInquiry(tx, control, id),
    readAnswers(tx, id),
    tx.query<{ partyName: string | null; engagementTitle: string | null }>(
      `select (select p.name from parties p where p.org_id = $1 and p.id = q.party_id) as "partyName",
              (select e.title from engagements e where e.org_id = $1 and e.id = q.engagement_id) as "engagementTitle"
         from inquiries q where q.org_id = $1 and q.id = $2`,
      key,
    ),
    tx.query<InquiryDecision>(
      `select id, from_state as "fromState", to_state as "toState", reason, decided_by as "decidedBy", decided_at as "decidedAt"
         from inquiry_decisions where org_id = $1 and inquiry_id = $2 order by decided_at, id`,
      key,
    ),
    tx.query<InquiryMessage>(`${messageSql} and inquiry_id = $2 order by written_at, id`, key),
    tx.query<{ claim: Claim }>(
      `select ${claimJson} as claim from inquiry_claims k join claims r on r.org_id = $1 and r.id = k.claim_id
        where k.org_id = $1 and k.inquiry_id = $2 order by r.starts_at, r.id`,
      key,
    ),
  ]);
  const actors = [...decisions.map(({ decidedBy }) => decidedBy), ...messages.map(({ writtenBy }) => writtenBy)];
  const people = await actorNames(control, tx.scope.orgId, actors);
  const nameOf = (actor: string) => (actor === senderActor ? 'Its sender' : (people.get(actor) ?? actor));
  return {
    inquiry: row,
    ...given,
    ...(names[0] ?? { partyName: null, engagementTitle: null }),
    alike: row.partyId === null ? await alikeParties(tx, row) : [],
    decisions: decisions.map((each) => ({ ...each, decidedBy: nameOf(each.decidedBy) })),
    messages: messages.map((each) => ({ ...each, writtenBy: nameOf(each.writtenBy) })),
    claims: claims.map(({ claim }) => claim),
  };
}

/** What the sender’s page acts as. */
export const senderActor = 'token:inquiry';

const messageSql = `select id, kind, body, written_by as "writtenBy", written_at as "writtenAt"
  from inquiry_messages where org_id = $1`;

export async function getMessage(tx: Tx, control: Control, id: string): Promise<InquiryMessage> {
  const [found] = await tx.query<InquiryMessage>(`${messageSql} and id = $2`, [tx.scope.orgId, id]);
  if (!found) throw new Error('A message that was written a moment ago is gone.');
  const names = await actorNames(control, tx.scope.orgId, [found.writtenBy]);
  return { ...found, writtenBy: names.get(found.writtenBy) ?? found.writtenBy };
}
