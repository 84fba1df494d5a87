import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { usualTerms } from '#features/calls/pay/terms.ts';
import { insert, type Row } from './canaries.ts';

export const callIds = () => ({
  service: randomUUID(),
  need: randomUUID(),
  seatClaim: randomUUID(),
  seat: randomUUID(),
  list: randomUUID(),
  listEntry: randomUUID(),
  cascade: randomUUID(),
  call: randomUUID(),
  question: randomUUID(),
  attendance: randomUUID(),
  scale: randomUUID(),
  adjustment: randomUUID(),
  paySheet: randomUUID(),
});

/** Services, seats, lists, calls and pay of the planted engagement. */
export async function plantCalls(client: pg.Client, org: string, word: string, ids: Readonly<Record<string, string>>) {
  const inOrg = (table: string, row: Row) => insert(client, table, { org_id: org, ...row });
  const ofEngagement = { engagement_id: ids['engagement'] };
  const [startsAt, endsAt] = ['2029-03-01T19:00Z', '2029-03-01T22:00Z'];
  await inOrg('schedule_items', {
    ...ofEngagement,
    id: ids['service'],
    kind: 'concert',
    title: word,
    zone: 'UTC',
    starts_at: startsAt,
    ends_at: endsAt,
    dress: word,
    notes: word,
  });
  const skill = { skill: word, kind: 'section' };
  await inOrg('needs', { ...ofEngagement, ...skill, id: ids['need'], title: word, quantity: 2, source: 'hand' });
  await inOrg('claims', {
    ...ofEngagement,
    id: ids['seatClaim'],
    resource_id: ids['person'],
    group_id: ids['seatClaim'],
    status: 'commit',
    starts_at: startsAt,
    ends_at: endsAt,
    zone: 'UTC',
    exclusive: true,
    placed_by: 'command',
  });
  const ofService = { ...ofEngagement, schedule_item_id: ids['service'], resource_id: ids['person'] };
  const ofNeed = { ...ofEngagement, need_id: ids['need'] };
  await inOrg('seats', {
    ...ofNeed,
    ...ofService,
    id: ids['seat'],
    number: 1,
    source: 'hand',
    claim_id: ids['seatClaim'],
  });
  await inOrg('seats', { ...ofNeed, id: randomUUID(), schedule_item_id: ids['service'], number: 2 });
  await inOrg('ranked_lists', { ...skill, id: ids['list'], grade: 'A', valid_from: '2029-01-01', notes: word });
  await inOrg('ranked_entries', {
    id: ids['listEntry'],
    list_id: ids['list'],
    resource_id: ids['person'],
    place: 1,
    note: word,
  });
  await inOrg('cascades', {
    ...ofNeed,
    id: ids['cascade'],
    strategy: 'one',
    deadline_minutes: 1440,
    fee_minor: 1,
    fee_currency: 'EUR',
    state: 'paused',
    message: word,
    started_by: 'command',
  });
  await inOrg('calls', {
    ...ofNeed,
    id: ids['call'],
    cascade_id: ids['cascade'],
    resource_id: ids['person'],
    place: 1,
    state: 'open',
    sent_at: '2029-01-01',
    deadline_at: '2029-02-01',
    note: word,
  });
  await inOrg('call_services', {
    ...ofService,
    id: randomUUID(),
    call_id: ids['call'],
    span: `[${startsAt},${endsAt})`,
    open: true,
  });
  await inOrg('call_questions', {
    ...ofEngagement,
    id: ids['question'],
    call_id: ids['call'],
    asked_by: 'person',
    body: word,
  });
  await inOrg('service_reports', { ...ofEngagement, id: ids['service'], notes: word });
  await inOrg('attendances', { ...ofService, id: ids['attendance'], status: 'late', minutes: 5, note: word });
  await inOrg('pay_scales', {
    id: ids['scale'],
    name: word,
    valid_from: '2029-01-01',
    currency: 'EUR',
    terms: JSON.stringify(usualTerms),
  });
  await inOrg('pay_choices', { id: ids['engagement'], scale_name: word });
  await inOrg('pay_adjustments', {
    ...ofEngagement,
    id: ids['adjustment'],
    resource_id: ids['person'],
    reason: word,
    amount_minor: 500,
    currency: 'EUR',
  });
  await inOrg('pay_sheets', {
    ...ofEngagement,
    id: ids['paySheet'],
    revision: 1,
    scale_name: word,
    scale_from: '2029-01-01',
    currency: 'EUR',
    total_minor: 0,
    reckoning: JSON.stringify({ people: [] }),
    approved_by: 'command',
    approved_at: '2029-04-01',
  });
}
