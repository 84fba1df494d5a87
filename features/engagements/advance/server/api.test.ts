import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { files } from '#features/files/contract.ts';
import { messaging } from '#features/messaging/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { advance } from '../contract.ts';
import { outsideAdvance } from '../outside/contract.ts';

const org = 'test';
const nobody = '0199b8e0-0000-7000-8000-000000000000';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api,worker' });
});
afterAll(() => app.stop());

const api = () => app.client(advance, 'manager');
const outside = () => createClient(outsideAdvance, { baseUrl: app.baseUrl });

/** A show far enough away that its links open. */
async function show(title = 'Gala') {
  const made = await app.client(engagements).create({
    org,
    body: { title, startsAt: '2039-05-01T18:00:00.000Z', endsAt: '2039-05-01T21:00:00.000Z' },
  });
  const params = { id: made.id };
  const add = (text: string, more: object = {}) => api().addItem({ org, params, body: { title: text, ...more } });
  return { show: made, params, add, get: () => api().get({ org, params }) };
}

/** As somebody finds it in the mail that they got last. */
async function linkIn(email: string): Promise<{ orgId: string; token: string }> {
  const [mail] = await app.inTenant((tx) =>
    tx.query<{ href: string }>(
      `select content #>> '{button,href}' as href from messages where org_id = $1 and recipient = $2
        order by created_at desc, id desc limit 1`,
      [tx.scope.orgId, email],
    ),
  );
  const [, , orgId = '', token = ''] = (mail?.href ?? '').split('/');
  return { orgId, token };
}

let count = 0;
async function sent(params: { id: string }) {
  const email = `vera${++count}@venue.example`;
  const link = await api().send({ org, params, body: { name: 'Vera Venue', email, message: 'Hello!' } });
  return { link, email, at: await linkIn(email) };
}

test('asked from a checklist once, changed, ordered by hand, and counted', async () => {
  const { params, add, get } = await show();
  expect(await get()).toMatchObject({ settings: { dueDays: 14, version: 0 }, items: [], links: [] });
  const { items: lists } = await api().listTemplates({ org });
  expect(lists).toMatchObject([{ key: 'orchestra.guest-hall', builtIn: true, version: 0 }]);
  const { created } = await api().useTemplate({ org, params, body: { key: 'touring.club-show' } });
  expect(created).toBeGreaterThan(30);
  expect(await api().useTemplate({ org, params, body: { key: 'touring.club-show' } })).toEqual({ created: 0 });
  await expect(api().useTemplate({ org, params, body: { key: 'none' } })).rejects.toMatchObject({
    fields: [{ field: 'key' }],
  });
  const before = (await get()).items;
  const extra = await add('Confetti?', { section: 'Production', kind: 'yes_no' });
  const after = (await get()).items;
  const at = after.findIndex(({ id }) => id === extra.id);
  expect(after[at - 1]?.section).toBe('Production');
  expect(after[at + 1]?.section).toBe('Hospitality');
  const moved = await api().moveItem({ org, params: { id: extra.id }, body: { after: before[0]?.id ?? null } });
  expect(moved.section).toBe('Who to talk to');
  expect((await get()).items[1]?.id).toBe(extra.id);
  await expect(api().moveItem({ org, params: { id: extra.id }, body: { after: nobody } })).rejects.toMatchObject({
    fields: [{ field: 'after' }],
  });
  await expect(add('Meal', { kind: 'choice' })).rejects.toMatchObject({ fields: [{ field: 'choices' }] });
  await expect(add('Meal', { choices: ['a'] })).rejects.toMatchObject({ fields: [{ field: 'choices' }] });
  const chosen = await api().changeItem({
    org,
    params: { id: extra.id },
    body: { version: moved.version, kind: 'choice', choices: ['Paper', 'Foil'] },
  });
  const answered = await api().answer({
    org,
    params: { id: extra.id },
    body: { version: chosen.version, answer: 'Foil' },
  });
  expect(answered).toMatchObject({ state: 'answered', answeredBy: { side: 'us', name: 'API key “manager”' } });
  const change = (body: object) =>
    api().changeItem({ org, params: { id: extra.id }, body: { version: answered.version, ...body } });
  await expect(change({ choices: ['Paper'] })).rejects.toMatchObject({ fields: [{ field: 'choices' }] });
  await expect(change({ kind: 'number' })).rejects.toMatchObject({ fields: [{ field: 'kind' }] });
  await api().mark({ org, params: { id: extra.id }, body: { version: answered.version, mark: 'agreed' } });
  expect(await api().progress({ org, params })).toEqual({ agreed: 1, all: created + 1 });
  await api().removeItem({ org, params: { id: extra.id } });
  expect(await api().progress({ org, params })).toEqual({ agreed: 0, all: created });
});

test('the other side reads, looks, answers, asks and agrees by its link, and sees nothing else', async () => {
  const { params, show: made, add, get } = await show('Night of the long set');
  const loadIn = await add('Load-in', { kind: 'time', section: 'The day' });
  const party = await add('How many we are', { kind: 'number', side: 'us' });
  await api().comment({ org, params: { id: party.id }, body: { body: 'Two may drop out', internal: true } });
  await api().comment({ org, params: { id: party.id }, body: { body: 'Act and crew' } });
  const { link, at } = await sent(params);
  expect(link).toMatchObject({ name: 'Vera Venue', opened: 0, firstOpenedAt: null });

  const sheet = await outside().get({ params: at });
  expect(sheet).toMatchObject({ organisation: 'test', reader: 'Vera Venue', dueOn: '2039-04-17' });
  expect(sheet.engagement.title).toBe(made.title);
  expect(JSON.stringify(sheet)).not.toContain('drop out');
  expect(JSON.stringify(sheet)).not.toContain('API key');
  expect(JSON.stringify(sheet)).not.toContain('@');
  // A scanner's looks change nothing; the page's own word does, once a minute.
  expect((await get()).links[0]?.opened).toBe(0);
  await outside().opened({ params: at });
  await outside().opened({ params: at });
  expect((await get()).links[0]).toMatchObject({ opened: 1, firstOpenedAt: expect.any(String) });

  const say = (itemId: string) => ({ ...at, itemId });
  const given = await outside().answer({ params: say(loadIn.id), body: { version: loadIn.version, answer: '14:00' } });
  expect(given).toMatchObject({ state: 'answered', answer: '14:00', answeredBy: { side: 'them', name: 'Vera Venue' } });
  await expect(
    outside().answer({ params: say(loadIn.id), body: { version: given.version, answer: '2 pm' } }),
  ).rejects.toMatchObject({ status: 400, fields: [{ field: 'answer' }] });
  // Ours is not theirs to answer, nor to agree to before there is something.
  await expect(
    outside().answer({ params: say(party.id), body: { version: party.version, answer: '5' } }),
  ).rejects.toMatchObject({ status: 403 });
  await expect(
    outside().mark({ params: say(party.id), body: { version: party.version, mark: 'agreed' } }),
  ).rejects.toMatchObject({ status: 403 });
  await expect(
    outside().mark({ params: say(loadIn.id), body: { version: given.version, mark: 'agreed' } }),
  ).rejects.toMatchObject({ status: 403 });
  const told = await api().answer({ org, params: { id: party.id }, body: { version: party.version, answer: '5' } });
  const agreed = await outside().mark({ params: say(party.id), body: { version: told.version, mark: 'agreed' } });
  expect(agreed.state).toBe('agreed');
  await outside().comment({ params: say(party.id), body: { body: 'All adults?' } });
  // Pressed twice.
  const asked = await outside().comment({ params: say(party.id), body: { body: 'All adults?' } });
  expect(asked.comments.map(({ writer, body }) => [writer.name, body])).toEqual([
    ['test', 'Act and crew'],
    ['Vera Venue', 'All adults?'],
  ]);
  // What is answered anew is open to agreement again.
  const anew = await api().answer({ org, params: { id: party.id }, body: { version: asked.version, answer: '6' } });
  expect(anew.state).toBe('answered');
  const office = await get();
  expect(office.items.find(({ id }) => id === loadIn.id)).toMatchObject({ answer: '14:00' });
  expect(office.items.find(({ id }) => id === party.id)?.comments).toHaveLength(3);
});

test('two people lose no answer: the later one sees both', async () => {
  const { params, add } = await show();
  const item = await add('Parking');
  const [first, second] = [await sent(params), await sent(params)];
  const say = (at: { orgId: string; token: string }, version: number, answer: string) =>
    outside().answer({ params: { ...at, itemId: item.id }, body: { version, answer } });
  const given = await say(first.at, item.version, 'Behind the hall');
  await expect(say(second.at, item.version, 'In the yard')).rejects.toMatchObject({
    status: 409,
    code: 'version_conflict',
    problem: { version: given.version, conflicts: { answer: { yours: 'In the yard', theirs: 'Behind the hall' } } },
  });
  // The same from both is no clash, nor is a retry.
  await say(second.at, item.version, 'Behind the hall');
  // Another field changed meanwhile: nothing to decide.
  await api().changeItem({ org, params: { id: item.id }, body: { version: given.version, hint: 'For a bus' } });
  const decided = await say(second.at, given.version, 'In the yard');
  expect(decided.answer).toBe('In the yard');
  // Nobody agrees to what they haven't seen.
  await expect(
    api().mark({ org, params: { id: item.id }, body: { version: given.version, mark: 'agreed' } }),
  ).rejects.toMatchObject({ code: 'version_conflict' });
  await expect(say(first.at, 99, 'x')).rejects.toMatchObject({ fields: [{ field: 'version' }] });

  // Twenty at once: one is taken, and everybody else hears of it.
  const race = await add('Curfew');
  const tries = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) =>
      outside().answer({
        params: { ...(n % 2 ? first.at : second.at), itemId: race.id },
        body: { version: race.version, answer: `at ${n}` },
      }),
    ),
  );
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const each of tries)
    if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'version_conflict' });
});

test('a link opens one advance only: not when forged, of another one, ended, replaced, or over', async () => {
  const one = await show();
  const other = await show('Another');
  const mine = await one.add('Load-in');
  const theirs = await other.add('Load-in');
  const { link, email, at } = await sent(one.params);
  const foreign = (itemId: string) =>
    outside().answer({ params: { ...at, itemId }, body: { version: 1, answer: 'x' } });
  const refusals = await Promise.all([
    foreign(theirs.id).catch((error: unknown) => error),
    foreign(nobody).catch((error: unknown) => error),
    outside()
      .get({ params: { ...at, token: `${at.token.slice(0, -1)}x` } })
      .catch((error: unknown) => error),
    outside()
      .get({ params: { orgId: nobody, token: at.token } })
      .catch((error: unknown) => error),
    outside()
      .file({ params: { ...at, itemId: mine.id } })
      .catch((error: unknown) => error),
  ]);
  for (const each of refusals) expect(each).toMatchObject({ status: 404, message: 'This link was not found.' });
  expect((await other.get()).items[0]?.answer).toBe('');

  await api().revoke({ org, params: { id: link.id }, body: {} });
  await api().revoke({ org, params: { id: link.id }, body: {} });
  await expect(outside().get({ params: at })).rejects.toMatchObject({ status: 410, code: 'link_replaced' });
  await expect(foreign(mine.id)).rejects.toMatchObject({ code: 'link_replaced' });
  await api().sendAgain({ org, params: { id: link.id }, body: {} });
  await expect(outside().get({ params: at })).rejects.toMatchObject({ code: 'link_replaced' });
  const again = await linkIn(email);
  expect(again.token).not.toBe(at.token);
  await outside().get({ params: again });

  // It ends with the engagement, some days later; and with one that doesn't take place.
  const over = { startsAt: '2021-05-01T18:00:00.000Z', endsAt: '2021-05-01T21:00:00.000Z' };
  await app.client(engagements).change({ org, params: one.params, body: { version: one.show.version, ...over } });
  await expect(outside().get({ params: again })).rejects.toMatchObject({ status: 410, code: 'advance_over' });
  const elsewhere = await sent(other.params);
  const lost = { version: other.show.version, stage: 'cancelled', reason: 'Ill' };
  await app.client(engagements).setStage({ org, params: other.params, body: lost });
  await expect(outside().get({ params: elsewhere.at })).rejects.toMatchObject({ code: 'advance_over' });
});

test('sent once to each address, by those who may, within bounds', async () => {
  const { params, get } = await show();
  const { link, email } = await sent(params);
  const body = { name: 'V', email: email.toUpperCase() };
  await expect(api().send({ org, params, body })).rejects.toMatchObject({
    code: 'duplicate',
    fields: [{ field: 'email' }],
  });
  await expect(
    api().send({ org, params, body: { ...body, email: 'x@y.example', partyId: nobody } }),
  ).rejects.toMatchObject({ fields: [{ field: 'partyId' }] });
  await expect(app.client(advance, 'staff').send({ org, params, body })).rejects.toMatchObject({ status: 403 });
  for (let n = 0; n < 4; n++) await api().sendAgain({ org, params: { id: link.id }, body: {} });
  await expect(api().sendAgain({ org, params: { id: link.id }, body: {} })).rejects.toMatchObject({ status: 429 });
  const { items: mails } = await app.client(messaging).list({ org, query: { q: email } });
  expect(mails.map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'advance'));
  expect((await get()).links).toHaveLength(1);
});

test('who owes answers is reminded on the days set, until all is answered', async () => {
  const { params, add, get } = await show('Reminded');
  const item = await add('Load-in');
  const { link, email, at } = await sent(params);
  const settings = { dueDays: 10, openDays: 3, remindDays: [5, 12, 5] };
  const set = (version: number) => api().setSettings({ org, params, body: { ...settings, version } });
  expect(await set(0)).toMatchObject({ remindDays: [12, 5], version: 1 });
  await expect(set(0)).rejects.toMatchObject({ code: 'version_conflict' });
  const { remindOfOpen } = await import('./reminders.ts');
  const remind = (now: string) =>
    app.inTenant(async (tx) => {
      Object.defineProperty(tx.scope, 'now', { value: new Date(now), configurable: true });
      await remindOfOpen(tx, 'a secret that is long enough for it');
    });
  const reminded = async () => (await get()).links[0]?.remindedAt;
  await app.inTenant((tx) =>
    tx.query("update advance_links set sent_at = '2039-04-01T00:00Z' where org_id = $1 and id = $2", [
      tx.scope.orgId,
      link.id,
    ]),
  );
  await remind('2039-04-19T06:59:00.000Z');
  expect(await reminded()).toBeNull();
  await remind('2039-04-19T09:15:00.000Z');
  await remind('2039-04-19T09:30:00.000Z');
  expect(await reminded()).toBe('2039-04-19T09:15:00.000Z');
  const letters = () =>
    app.inTenant((tx) =>
      tx.query<{ subject: string; text: string }>(
        `select subject, content::text as text from messages where org_id = $1 and recipient = $2 and kind = 'advance_reminder'`,
        [tx.scope.orgId, email],
      ),
    );
  expect(await letters()).toMatchObject([
    { subject: 'Still open: Reminded', text: expect.stringMatching(/• Load-in.*Thursday 21 April/s) },
  ]);
  await outside().answer({ params: { ...at, itemId: item.id }, body: { version: item.version, answer: '14:00' } });
  await remind('2039-04-26T09:15:00.000Z');
  expect(await reminded()).toBe('2039-04-19T09:15:00.000Z');
});

test('the other side answers with a file, which is looked into before anybody gets it', async () => {
  const { params, add, get } = await show('With a plan');
  const plan = await add('Plan of the hall', { kind: 'file' });
  const text = await add('Load-in');
  const { at } = await sent(params);
  const send = (itemId: string, name: string, body: string, version = 1) =>
    fetch(
      `${app.baseUrl}/api/v1/advances/${at.orgId}/${at.token}/items/${itemId}/file?version=${version}&name=${name}&size=${body.length}`,
      { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body },
    );
  const pdf = '%PDF-1.4\n% plan\n%%EOF';
  const answer = await send(plan.id, 'plan.pdf', pdf);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ state: 'answered', answer: 'plan.pdf', hasFile: true, version: 2 });
  const office = (await get()).items.find(({ id }) => id === plan.id);
  expect(office).toMatchObject({ fileId: expect.any(String), answeredBy: { side: 'them', name: 'Vera Venue' } });
  const fetched = () => fetch(`${app.baseUrl}/api/v1/advances/${at.orgId}/${at.token}/items/${plan.id}/file`);
  await expect.poll(async () => (await fetched()).status, { timeout: 20_000 }).toBe(200);
  expect(await (await fetched()).text()).toBe(pdf);
  const { items: kept } = await app.client(files).list({ org, query: { engagementId: params.id, q: 'plan' } });
  expect(kept).toMatchObject([{ name: 'plan.pdf', engagementId: params.id }]);
  // Unhappy ways: not what it says, a program, no file wanted, too much, an older look, nobody’s item.
  expect((await send(plan.id, 'plan.pdf', 'MZ no pdf', 2)).status).toBe(422);
  expect((await send(plan.id, 'run.exe', 'MZ', 2)).status).toBe(400);
  expect((await send(text.id, 'plan.pdf', pdf)).status).toBe(400);
  expect((await send(plan.id, 'other.pdf', pdf, 1)).status).toBe(409);
  expect((await send(plan.id, 'other.pdf', pdf, 9)).status).toBe(400);
  expect((await send(nobody, 'plan.pdf', pdf)).status).toBe(404);
  const large = `${app.baseUrl}/api/v1/advances/${at.orgId}/${at.token}/items/${plan.id}/file?version=2&name=a.pdf&size=900000000`;
  expect((await fetch(large, { method: 'POST', body: 'x' })).status).toBe(400);
  expect((await get()).items.find(({ id }) => id === plan.id)?.answer).toBe('plan.pdf');
  const again = await send(plan.id, 'other.pdf', pdf, 2);
  expect(await again.json()).toMatchObject({ answer: 'other.pdf' });
});

test('another engagement’s items are copied once, with our answers when wanted', async () => {
  const from = await show('From');
  const to = await show('To');
  await api().useTemplate({ org, params: from.params, body: { key: 'venue.private-hire' } });
  const own = await from.add('Our van', { side: 'us', section: 'Arrival' });
  await api().answer({ org, params: { id: own.id }, body: { version: own.version, answer: 'White, 6 m' } });
  const theirs = await from.add('Your dog', { section: 'Arrival' });
  await api().answer({ org, params: { id: theirs.id }, body: { version: theirs.version, answer: 'None' } });
  const all = (await from.get()).items.length;
  const copy = { fromId: from.show.id, answers: true };
  expect(await api().copy({ org, params: to.params, body: copy })).toEqual({ created: all });
  expect(await api().copy({ org, params: to.params, body: copy })).toEqual({ created: 0 });
  expect(await api().useTemplate({ org, params: to.params, body: { key: 'venue.private-hire' } })).toEqual({
    created: 0,
  });
  const items = (await to.get()).items;
  expect(items.find(({ title }) => title === 'Our van')).toMatchObject({ answer: 'White, 6 m', state: 'answered' });
  expect(items.find(({ title }) => title === 'Your dog')).toMatchObject({ answer: '', state: 'open' });
  for (const fromId of [nobody, to.show.id])
    await expect(api().copy({ org, params: to.params, body: { fromId } })).rejects.toMatchObject({
      fields: [{ field: 'fromId' }],
    });
});

test('an advance goes with its engagement, answers, comments and links included', async () => {
  const { params, add } = await show('Not for long');
  const item = await add('Load-in');
  const { at } = await sent(params);
  const say = { ...at, itemId: item.id };
  await outside().answer({ params: say, body: { version: item.version, answer: '14:00' } });
  await outside().comment({ params: say, body: { body: 'Really?' } });
  await app.client(engagements).remove({ org, params });
  await expect(outside().get({ params: at })).rejects.toMatchObject({ status: 404 });
  const [left] = await app.inTenant((tx) =>
    tx.query<{ count: number }>(
      `select (select count(*) from advance_items where org_id = $1 and engagement_id = $2)::int
            + (select count(*) from advance_links where org_id = $1 and engagement_id = $2)::int as count`,
      [tx.scope.orgId, params.id],
    ),
  );
  expect(left?.count).toBe(0);
});

test('checklists of one’s own, in the place of built-in ones too', async () => {
  const item = { id: 'a', title: 'Load-in', kind: 'time' as const };
  const made = await api().createTemplate({ org, body: { pack: 'orchestra', name: 'Radio session', items: [item] } });
  expect(made).toMatchObject({ builtIn: false, version: 1, items: [{ side: 'them', choices: [] }] });
  const twice = { pack: 'orchestra' as const, name: 'x', items: [item, item] };
  await expect(api().createTemplate({ org, body: twice })).rejects.toMatchObject({ status: 400 });
  const set = (key: string, version: number, name: string) =>
    api().setTemplate({ org, params: { key }, body: { pack: 'orchestra', name, items: [item], version } });
  expect(await set('orchestra.guest-hall', 0, 'Our halls')).toMatchObject({ builtIn: true, version: 1 });
  await expect(set('orchestra.guest-hall', 0, 'Again')).rejects.toMatchObject({ code: 'version_conflict' });
  expect(await set('orchestra.guest-hall', 1, 'Again')).toMatchObject({ version: 2, name: 'Again' });
  await expect(set('none', 0, 'x')).rejects.toMatchObject({ status: 404 });
  await api().removeTemplate({ org, params: { key: 'orchestra.guest-hall' } });
  const { items } = await api().listTemplates({ org });
  expect(items.find(({ key }) => key === 'orchestra.guest-hall')).toMatchObject({
    name: 'Concert in another hall',
    version: 0,
  });
  await expect(app.client(advance, 'staff').removeTemplate({ org, params: { key: made.key } })).rejects.toMatchObject({
    status: 403,
  });
});
