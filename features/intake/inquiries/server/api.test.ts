import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { messaging } from '#features/messaging/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { detailsContract } from '#features/engagements/details/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { tasks } from '#features/engagements/tasks/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { inquiries } from '../contract.ts';
import { inquiryWorld } from '#apps/server/test/inquiry-world.ts';
import { settleUnheld } from './holds.ts';

const org = 'test';
let app: TestApp;
let ann: Person;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api' });
  ann = await addPerson(app, { role: 'manager', name: 'Ann' });
});
afterAll(() => app.stop());

const inbox = () => app.client(inquiries);
const { evening, received, place } = inquiryWorld(() => app);
const mailsTo = async (email: string) =>
  (await app.client(messaging).list({ org, query: { q: email } })).items.map(({ kind }) => kind).reverse();
const stateOf = async (id: string) => (await inbox().get({ org, params: { id } })).inquiry.state;

test('one that came by a form: read by what it asked, its sender known and thanked', async () => {
  const one = await received();
  const { inquiry, fields, answers, alike, partyName } = await inbox().get({ org, params: one.params });
  expect(inquiry).toMatchObject({
    title: 'Summer party',
    state: 'new',
    source: 'form',
    formTitle: 'Ask us',
    people: 120,
    budgetMinor: 500_000,
    budgetCurrency: 'EUR',
    holds: 0,
    unanswered: false,
  });
  expect([fields[0]?.label, answers, alike, partyName]).toEqual(['What?', { what: 'A party' }, [], 'Max Muster']);
  expect(await mailsTo(one.email)).toEqual(['inquiry_received']);
});

test('who may open the inbox and not the contacts reads no names of them there', async () => {
  const id = uuidv7();
  await app.databases.control
    .insertInto('custom_roles')
    .values({ id, organisation_id: app.org.id, name: 'Desk', permissions: ['intake.read'] })
    .execute();
  const { cookie } = await addPerson(app, { role: 'custom', customRoleId: id, name: 'Dee' });
  const desk = createClient(inquiries, { baseUrl: app.baseUrl, headers: { cookie } });
  const known = await received({ contactName: 'Ned Known', phone: '+49 40 1112223' });
  const near = await received({ contactName: 'Ned Known', phone: '+49 40 1112223' });
  expect((await inbox().get({ org, params: known.params })).partyName).toBe('Ned Known');
  expect((await inbox().get({ org, params: near.params })).alike).toHaveLength(1);
  expect(await desk.get({ org, params: known.params })).toMatchObject({ partyName: null });
  expect(await desk.get({ org, params: near.params })).toMatchObject({ alike: [] });
});

test('the same address is the same contact; one who is nearly another is only suggested', async () => {
  const first = await received({ email: 'Twice@example.com', contactName: 'Tina Twice', phone: '+49 40 7654321' });
  const again = await received({ email: 'twice@EXAMPLE.com', contactName: 'T. Twice' });
  const partyOf = async (id: string) => (await inbox().get({ org, params: { id } })).inquiry.partyId;
  expect(await partyOf(again.id)).toBe(await partyOf(first.id));
  const alike = await received({ contactName: 'Somebody', phone: '040/7654321' });
  const shown = await inbox().get({ org, params: alike.params });
  expect(shown.inquiry.partyId).toBeNull();
  expect(shown.alike).toMatchObject([{ name: 'Tina Twice', why: 'The same telephone number' }]);
  const { version } = shown.inquiry;
  const chosen = { version, partyId: await partyOf(first.id) };
  expect((await inbox().change({ org, params: alike.params, body: chosen })).partyId).toBe(chosen.partyId);
  await expect(
    inbox().change({ org, params: alike.params, body: { version: version + 1, partyId: uuidv7() } }),
  ).rejects.toMatchObject({ fields: [{ field: 'partyId' }] });
});

test('what looks like spam is nobody’s news, until somebody says that it is none', async () => {
  const one = await received({ suspected: true, contactName: 'Not Known' });
  expect(await stateOf(one.id)).toBe('spam');
  expect(await mailsTo(one.email)).toEqual([]);
  expect((await app.client(parties).list({ org, query: { q: 'Not Known' } })).total).toBe(0);
  await expect(inbox().approve({ org, params: one.params, body: { title: 'X', ...evening() } })).rejects.toMatchObject({
    code: 'already_decided',
  });
  expect(await inbox().notSpam({ org, params: one.params })).toMatchObject({ state: 'new', suspected: false });
  expect(await mailsTo(one.email)).toEqual(['inquiry_received']);
  expect((await app.client(parties).list({ org, query: { q: 'Not Known' } })).total).toBe(1);
  await inbox().spam({ org, params: one.params });
  await inbox().notSpam({ org, params: one.params });
  expect(await mailsTo(one.email)).toEqual(['inquiry_received']);
});

test('whoever fills in somebody else’s address again and again can’t fill their mailbox', async () => {
  for (let time = 0; time < 7; time++) await received({ email: 'victim@example.com' });
  expect(await mailsTo('victim@example.com')).toHaveLength(5);
});

test('entered by hand: whole times, a known place and member, and a mail only where there is an address', async () => {
  const body = { title: 'Jubilee', contactName: 'Ida' };
  const refused = (more: object) => inbox().create({ org, body: { ...body, ...more } });
  const { startsAt, endsAt } = evening();
  await expect(refused({ startsAt })).rejects.toMatchObject({ fields: [{ field: 'endsAt' }] });
  await expect(refused({ startsAt: endsAt, endsAt: startsAt })).rejects.toMatchObject({
    fields: [{ field: 'endsAt' }],
  });
  await expect(refused({ placeId: uuidv7() })).rejects.toMatchObject({ fields: [{ field: 'placeId' }] });
  await expect(refused({ assigneeUserId: uuidv7() })).rejects.toMatchObject({ fields: [{ field: 'assigneeUserId' }] });
  await expect(refused({ budgetMinor: 100 })).rejects.toMatchObject({ fields: [{ field: 'budgetCurrency' }] });
  await expect(refused({ tell: true })).rejects.toMatchObject({ code: 'no_address' });
  const made = await inbox().create({
    org,
    body: { ...body, startsAt, endsAt, labels: ['wedding', 'wedding'], assigneeUserId: ann.userId, source: 'mail' },
  });
  expect(made).toMatchObject({ state: 'new', source: 'mail', labels: ['wedding'], assigneeName: 'Ann', startsAt });
  const found = await inbox().list({
    org,
    query: { label: 'wedding', assigneeUserId: ann.userId, state: ['new', 'hold'] },
  });
  expect(found.items.map(({ id }) => id)).toEqual([made.id]);
  expect((await inbox().list({ org, query: { q: '%' } })).items).toEqual([]);
  expect((await inbox().counts({ org })).labels).toContain('wedding');
});

test('two who change different things both keep them; the same thing is asked about', async () => {
  const { params } = await received();
  const { inquiry } = await inbox().get({ org, params });
  const { version } = inquiry;
  await inbox().change({ org, params, body: { version, people: 80 } });
  await inbox().change({ org, params, body: { version, labels: ['x'] } });
  await expect(inbox().change({ org, params, body: { version, people: 90 } })).rejects.toMatchObject({
    code: 'version_conflict',
  });
});

test('notes stay among members; a question goes by mail', async () => {
  const one = await received();
  await expect(inbox().addNote({ org, params: one.params, body: { body: '  ' } })).rejects.toMatchObject({
    fields: [{ field: 'body' }],
  });
  await inbox().addNote({ org, params: one.params, body: { body: 'A regular.' } });
  expect(await mailsTo(one.email)).toEqual(['inquiry_received']);
  await inbox().ask({ org, params: one.params, body: { body: 'Dinner, too?' } });
  expect(await mailsTo(one.email)).toEqual(['inquiry_received', 'inquiry_question']);
  const silent = await inbox().create({ org, body: { title: 'No address' } });
  await expect(inbox().ask({ org, params: { id: silent.id }, body: { body: 'Who are you?' } })).rejects.toMatchObject({
    code: 'no_address',
  });
});

test('times are held at their place in the queue; with the last one gone it is in review again', async () => {
  const one = await received();
  const hall = await place('Hall');
  const span = evening();
  await app.client(claims).place({ org, body: { claims: [{ resourceId: hall, ...span, status: 'hold' }] } });
  const { claims: held } = await inbox().hold({
    org,
    params: one.params,
    body: { claims: [{ resourceId: hall, ...span, status: 'hold' }] },
  });
  expect(held).toMatchObject([{ rank: 2, engagementId: null, note: 'Summer party' }]);
  expect(await stateOf(one.id)).toBe('hold');
  await expect(
    inbox().hold({ org, params: one.params, body: { claims: [{ resourceId: hall, ...span, status: 'commit' }] } }),
  ).rejects.toMatchObject({ fields: [{ field: 'claims.0.status' }] });
  await expect(
    inbox().hold({ org, params: one.params, body: { claims: [{ resourceId: uuidv7(), ...span, status: 'hold' }] } }),
  ).rejects.toMatchObject({ fields: [{ field: 'claims.0.resourceId' }] });
  const { holds } = await app.client(claims).check({ org, body: { claims: [{ resourceId: hall, ...span }] } });
  expect(holds[0]?.blockers.map(({ title }) => title)).toEqual(['Blocked time', 'Summer party']);
  await app.client(claims).release({ org, body: { claimIds: held.map(({ id }) => id) } });
  await app.inTenant(settleUnheld);
  await app.inTenant(settleUnheld);
  const { inquiry, decisions } = await inbox().get({ org, params: one.params });
  expect(inquiry.state).toBe('review');
  expect(decisions.map(({ toState }) => toState)).toEqual(['hold', 'review']);
});

test('approved: the engagement with its holds, contact, tasks and mail; what wasn’t kept is free', async () => {
  const one = await received();
  const [hall, studio] = await Promise.all([place('Great hall'), place('Studio')]);
  const span = evening();
  const ask = [hall, studio].map((resourceId) => ({ resourceId, ...span, status: 'hold' as const }));
  const { claims: held } = await inbox().hold({ org, params: one.params, body: { claims: ask } });
  const [kept, dropped] = held;
  const body = {
    title: 'Summer party 2029',
    ...span,
    placeId: hall,
    claimIds: [kept?.id ?? ''],
    reason: 'A good one.',
    letter: 'We look forward to it.',
  };
  await expect(
    inbox().approve({ org, params: one.params, body: { ...body, claimIds: [uuidv7()] } }),
  ).rejects.toMatchObject({ fields: [{ field: 'claimIds.0' }] });
  for (const field of ['taskTemplate', 'scheduleTemplate'])
    await expect(
      inbox().approve({ org, params: one.params, body: { ...body, [field]: 'there-is-none' } }),
    ).rejects.toMatchObject({ fields: [{ field }] });
  const { items: days } = await app.client(timeline).listTemplates({ org });
  const { engagementId, inquiry } = await inbox().approve({
    org,
    params: one.params,
    body: { ...body, scheduleTemplate: days.find(({ pack }) => pack === 'orchestra')?.key ?? '' },
  });
  expect(inquiry).toMatchObject({ state: 'approved', engagementId, title: 'Summer party 2029', holds: 1 });
  const dossier = await app.client(engagements).get({ org, params: { id: engagementId } });
  expect(dossier.engagement).toMatchObject({ title: 'Summer party 2029', stage: 'planned', ...span, placeId: hall });
  expect(dossier.parties).toMatchObject([{ name: 'Max Muster', role: 'client', email: one.email }]);
  const its = await app.client(claims).list({ org, query: { engagementId } });
  expect(its.items).toMatchObject([{ id: kept?.id, status: 'hold', rank: 1, note: '' }]);
  expect((await app.client(claims).list({ org, query: { resourceId: studio } })).total).toBe(0);
  expect(dropped).toBeDefined();
  const { items: day } = await app.client(timeline).list({ org, params: { id: engagementId }, query: {} });
  expect(day.length).toBeGreaterThan(1);
  expect((await app.client(tasks).ofEngagement({ org, params: { id: engagementId } })).items.length).toBeGreaterThan(0);
  expect(await mailsTo(one.email)).toEqual(['inquiry_received', 'inquiry_approved']);
});

test('files that were sent along go into the dossier; what is gone or lies elsewhere by now stays there', async () => {
  const [plan, trashed, gone] = [uuidv7(), uuidv7(), uuidv7()];
  await app.inTenant(async (tx) => {
    const add = 'insert into files (org_id, id, name, trashed_at, trashed_by) values ($1, $2, $3, $4, $5)';
    await tx.query(add, [app.org.id, plan, 'plan.pdf', null, null]);
    await tx.query(add, [app.org.id, trashed, 'old.pdf', new Date(), 'command']);
  });
  const { params } = await received({ fileIds: [plan, trashed, gone] });
  const { engagementId } = await inbox().approve({ org, params, body: { title: 'With a plan', ...evening() } });
  const moved = await app.inTenant((tx) =>
    tx.query<{ id: string }>('select id from files where org_id = $1 and engagement_id = $2', [
      app.org.id,
      engagementId,
    ]),
  );
  expect(moved).toEqual([{ id: plan }]);
});

test('what was answered to a question that is called like a detail stands in the details', async () => {
  const { params } = await received({ parts: 'Ours' });
  const { engagementId } = await inbox().approve({ org, params, body: { title: 'With parts', ...evening() } });
  const details = await app.client(detailsContract).get({ org, params: { id: engagementId } });
  expect(details.values).toEqual({ parts: 'Ours' });
});

test('approved and committed at once, or nothing at all and who stands there', async () => {
  const hall = await place('Only hall');
  const span = evening();
  const first = await received();
  const second = await received();
  const claim = { resourceId: hall, ...span, status: 'hold' as const };
  for (const { params } of [first, second]) await inbox().hold({ org, params, body: { claims: [claim] } });
  const body = { title: 'Party', ...span, confirm: true };
  await expect(inbox().approve({ org, params: second.params, body })).rejects.toMatchObject({ code: 'blocked' });
  expect(await stateOf(second.id)).toBe('hold');
  const { engagementId } = await inbox().approve({ org, params: first.params, body });
  const { engagement } = await app.client(engagements).get({ org, params: { id: engagementId } });
  expect(engagement.stage).toBe('confirmed');
});

test('declined in the decider’s words, and taken back; what was held is free', async () => {
  const one = await received();
  const hall = await place('Small hall');
  const claim = { resourceId: hall, ...evening(), status: 'hold' as const };
  await inbox().hold({ org, params: one.params, body: { claims: [claim] } });
  await inbox().decline({ org, params: one.params, body: { reason: 'Too loud.', letter: 'Sadly no.' } });
  expect((await app.client(claims).list({ org, query: { resourceId: hall } })).total).toBe(0);
  const { inquiry, decisions } = await inbox().get({ org, params: one.params });
  expect([inquiry.state, decisions.at(-1)]).toMatchObject(['declined', { reason: 'Too loud.', toState: 'declined' }]);
  expect(await mailsTo(one.email)).toEqual(['inquiry_received', 'inquiry_declined']);
  expect((await inbox().reopen({ org, params: one.params })).state).toBe('review');
  await inbox().decline({ org, params: one.params, body: { letter: null } });
  expect(await mailsTo(one.email)).toHaveLength(2);
});

test('deleted with all that was said, and what was held is free; what was made of it stays', async () => {
  const one = await received();
  const hall = await place('Deleted hall');
  const span = evening();
  await inbox().hold({
    org,
    params: one.params,
    body: { claims: [{ resourceId: hall, ...span, status: 'hold' }] },
  });
  await inbox().addNote({ org, params: one.params, body: { body: 'A note.' } });
  await inbox().remove({ org, params: one.params });
  await expect(inbox().get({ org, params: one.params })).rejects.toMatchObject({ status: 404 });
  expect((await app.client(claims).list({ org, query: { resourceId: hall } })).total).toBe(0);
  const made = await received();
  await inbox().hold({
    org,
    params: made.params,
    body: { claims: [{ resourceId: hall, ...span, status: 'hold' }] },
  });
  const { engagementId } = await inbox().approve({ org, params: made.params, body: { title: 'Party', ...span } });
  await inbox().remove({ org, params: made.params });
  expect((await app.client(claims).list({ org, query: { engagementId } })).total).toBe(1);
});

test('who sees to it, and who watches the inbox', async () => {
  const one = await received();
  const asAnn = createClient(inquiries, { baseUrl: app.baseUrl, headers: { cookie: ann.cookie } });
  expect((await asAnn.review({ org, params: one.params })).assigneeName).toBe('Ann');
  expect(await asAnn.getWatching({ org })).toEqual({ watching: true });
  await asAnn.setWatching({ org, body: { watching: false } });
  expect(await asAnn.getWatching({ org })).toEqual({ watching: false });
  await expect(inbox().setWatching({ org, body: { watching: true } })).rejects.toMatchObject({ code: 'invalid_input' });
  for (const role of ['crew', 'client'] as const)
    await expect(app.client(inquiries, role).list({ org, query: {} })).rejects.toMatchObject({ status: 403 });
  await expect(app.client(inquiries, 'staff').decline({ org, params: one.params, body: {} })).rejects.toMatchObject({
    status: 403,
  });
});
