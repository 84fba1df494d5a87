import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { forms, type Form } from '../contract.ts';
import { makeField, type FormField } from '../field-rules.ts';
import { pageToken } from './page-token.ts';
import { filledIn, goodSubmission, sendFrom } from './test/sender.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api', HOLDFAST_PROXIES: '1' });
});
afterAll(() => app.stop());

const org = 'test';
const page = () => createClient(forms, { baseUrl: app.baseUrl });
const api = () => app.client(forms, 'manager');

const fields: FormField[] = [
  makeField('short_text', 'title', 'What is it called?', { required: true, meaning: 'title' }),
  makeField('times', 'times', 'When?', { meaning: 'times' }),
  makeField('choice_one', 'kind', 'What kind?', {
    options: [
      { key: 'a', label: 'A' },
      { key: 'b', label: 'B' },
    ],
  }),
  makeField('short_text', 'more', 'Which B?', { required: true, shownWhen: { field: 'kind', anyOf: ['b'] } }),
  makeField('money', 'budget', 'Budget', { meaning: 'budget' }),
  makeField('email', 'email', 'E-mail', { required: true, meaning: 'email' }),
  makeField('long_text', 'message', 'Anything else?', { meaning: 'message' }),
];

let made = 0;
async function publishedForm(more: FormField[] = []): Promise<Form> {
  made += 1;
  const form = await api().create({ org, body: { title: `Form ${made}` } });
  const params = { id: form.id };
  const changed = await api().change({ org, params, body: { version: form.version, fields: [...fields, ...more] } });
  return api().publish({ org, params, body: { version: changed.version } });
}

let people = 0;
const answers = (more: Record<string, unknown> = {}) => {
  people += 1;
  return { title: `Gala ${people}`, email: `ada${people}@example.com`, ...more };
};
const good = (slug: string, said: Record<string, unknown> = answers()) => goodSubmission(app, org, slug, said);

const inquiryOf = (title: string) =>
  app.inTenant((tx) =>
    tx.query<Record<string, unknown>>(
      `select state, suspected, answers, form_id as "formId", revision, iso(starts_at) as "startsAt", zone,
              budget_minor::int as budget, email, message from inquiries where org_id = $1 and title = $2`,
      [app.org.id, title],
    ),
  );

test('a form is made, published, changed, published again; what was published stays', async () => {
  const form = await api().create({ org, body: { template: 'venue_event' } });
  expect(form).toMatchObject({ slug: 'event-request', published: null, changed: false, open: true });
  expect((await api().create({ org, body: { template: 'venue_event' } })).slug).toBe('event-request-2');
  const params = { id: form.id };
  await expect(api().publish({ org, params, body: { version: form.version } })).rejects.toMatchObject({
    code: 'form_faulty',
    fields: [{ field: expect.stringMatching(/^fields\.\d+\.placeIds$/) }],
  });
  const hall = await app
    .client(resources)
    .create({ org, body: { kind: 'place', name: 'Great hall', zone: 'Asia/Tokyo' } });
  await app.client(resources).create({ org, body: { kind: 'place', name: 'CELLAR-NOT-OFFERED' } });
  const withPlace = form.fields.map((field) => (field.type === 'place' ? { ...field, placeIds: [hall.id] } : field));
  const draft = await api().change({ org, params, body: { version: form.version, fields: withPlace } });
  const first = await api().publish({ org, params, body: { version: draft.version } });
  expect(first).toMatchObject({ published: 1, changed: false });
  expect(first.fields.find(({ type }) => type === 'money')?.currency).toBe('EUR');
  const read = await page().read({ params: { org, slug: form.slug } });
  expect(read).toMatchObject({
    organisation: { name: 'test', colour: null },
    open: true,
    revision: 1,
    title: form.title,
    places: [{ id: hall.id, name: 'Great hall' }],
  });
  expect(JSON.stringify(read)).not.toMatch(/NOT-OFFERED|embed|thanks/);
  const later = await api().change({ org, params, body: { version: first.version, title: 'Another title' } });
  expect(later).toMatchObject({ published: 1, changed: true });
  expect((await page().read({ params: { org, slug: form.slug } })).title).toBe(form.title);
  const stale = api().publish({ org, params, body: { version: first.version } });
  await expect(stale).rejects.toMatchObject({ status: 409, code: 'version_conflict' });
  expect(await api().publish({ org, params, body: { version: later.version } })).toMatchObject({ published: 2 });
  await expect(
    app.inTenant((tx) => tx.query("update form_revisions set title = 'x' where org_id = $1", [app.org.id])),
  ).rejects.toThrow(/permission denied/);
});

test('only who may makes forms; addresses are taken once; an unknown form, a draft and a foreign one look alike', async () => {
  await expect(app.client(forms, 'staff').list({ org, query: {} })).rejects.toMatchObject({ status: 403 });
  const { slug, id, version } = await publishedForm();
  await expect(api().create({ org, body: { title: 'X', slug } })).rejects.toMatchObject({
    code: 'duplicate',
    fields: [{ field: 'slug' }],
  });
  for (const wrong of [
    { fields: [{ ...fields[0], more: 1 }] },
    { fields: [{ ...fields[0], key: '__proto__' }] },
    { embedOrigins: ['https://example.com; script-src *'] },
    { embedOrigins: ['http://example.com'] },
    { embedOrigins: ['https://*.example.com'] },
    { slug: 'Not Good' },
  ]) {
    const body = JSON.parse(JSON.stringify({ version, ...wrong }));
    await expect(api().change({ org, params: { id }, body }), JSON.stringify(wrong)).rejects.toMatchObject({
      status: 400,
    });
  }
  const draft = await api().create({ org, body: { title: 'Draft' } });
  await app.addOrganisation('other');
  const bodies = await Promise.all(
    [`${org}/nothing`, `${org}/${draft.slug}`, `other/${slug}`, `nowhere/${slug}`].map(async (path) => {
      const response = await fetch(`${app.baseUrl}/api/v1/forms/${path}`);
      return { ...(await response.json()), requestId: '' };
    }),
  );
  for (const body of bodies) expect(body).toEqual(bodies[0]);
  expect(bodies[0]).toMatchObject({ status: 404, detail: 'This form was not found.' });
});

test('what is sent becomes one inquiry, with what it means; what a condition hides is dropped', async () => {
  const form = await publishedForm();
  const said = answers({
    times: { from: '2031-06-01T20:00', to: '2031-06-02T02:00' },
    kind: 'a',
    more: 'HIDDEN',
    budget: { minor: 250_000, currency: 'EUR' },
    message: ' We look forward.\r\nAda ',
  });
  const sent = await filledIn(app, await good(form.slug, said));
  expect(sent).toMatchObject({
    status: 200,
    body: { thanks: form.thanks, statusPath: expect.stringContaining('/inquiry/') },
  });
  const [inquiry, ...others] = await inquiryOf(said.title);
  expect(others).toEqual([]);
  expect(inquiry).toMatchObject({
    state: 'new',
    suspected: false,
    formId: form.id,
    revision: 1,
    startsAt: '2031-06-01T18:00:00.000Z',
    zone: 'Europe/Berlin',
    budget: 250_000,
    email: said.email,
    message: 'We look forward.\nAda',
  });
  expect(inquiry?.['answers']).not.toHaveProperty('more');
});

test('what is wrong is said by field, and nothing is kept', async () => {
  const form = await publishedForm();
  const cases: [Record<string, unknown>, string][] = [
    [answers({ title: '' }), 'answers.title'],
    [answers({ kind: 'b' }), 'answers.more'],
    [answers({ email: 'ada' }), 'answers.email'],
    [answers({ title: 'Gala\r\nBcc: all@example.com' }), 'answers.title'],
    [answers({ nothing: 1 }), 'answers.nothing'],
    [answers({ times: { from: '2001-06-01T20:00', to: '2001-06-02T02:00' } }), 'answers.times'],
    [answers({ budget: { minor: 1, currency: 'XXX' } }), 'answers.budget'],
  ];
  for (const [said, field] of cases) {
    const { status, body } = await filledIn(app, await good(form.slug, said));
    expect({ status, field: body.fields?.[0]?.field }).toEqual({ status: 400, field });
    expect(await inquiryOf(String(said['title']))).toEqual([]);
  }
});

test('sent again from the same page it is the same once, from another it is folded, and another thing is refused', async () => {
  const form = await publishedForm();
  const said = answers();
  const first = await good(form.slug, said);
  const both = await Promise.all([filledIn(app, first), filledIn(app, first), filledIn(app, first)]);
  for (const { body } of both) expect(body).toEqual(both[0].body);
  expect(await filledIn(app, await good(form.slug, said))).toMatchObject({ status: 200, body: { statusPath: null } });
  expect(await filledIn(app, { ...first, answers: answers() })).toMatchObject({
    status: 409,
    body: { code: 'form_used' },
  });
  expect(await inquiryOf(said.title)).toHaveLength(1);
});

test('a page that wasn’t ours, was too quick, too old, or did no work is refused', async () => {
  const form = await publishedForm();
  const { secret } = app.app.services.config;
  const made = async (issuedAt: number, orgId = app.org.id) =>
    good(form.slug).then(async (each) => {
      const token = pageToken(secret, orgId, { id: uuidv7(), formId: form.id, revision: 1, issuedAt });
      return goodSubmission(app, org, form.slug, each.answers, token);
    });
  const now = Date.now();
  expect(await filledIn(app, await made(now))).toMatchObject({ status: 409, body: { code: 'form_too_early' } });
  expect(await filledIn(app, await made(now - 25 * 3_600_000))).toMatchObject({
    status: 410,
    body: { code: 'form_stale' },
  });
  expect(await filledIn(app, await made(now + 3_600_000))).toMatchObject({ status: 400 });
  expect(await filledIn(app, await made(now - 60_000, uuidv7()))).toMatchObject({
    body: { fields: [{ field: 'token' }] },
  });
  const fine = await made(now - 60_000);
  expect(await filledIn(app, { ...fine, proof: '' })).toMatchObject({
    status: 400,
    body: { fields: [{ field: 'proof' }] },
  });
  expect(await filledIn(app, { ...fine, token: `${fine.token}A` })).toMatchObject({ status: 400 });
  const other = await publishedForm();
  expect(await filledIn(app, { ...fine, slug: other.slug })).toMatchObject({ status: 404 });
  expect(await filledIn(app, fine)).toMatchObject({ status: 200 });
});

test('a page that was open while a new revision came out is answered by what it showed; a closed form takes nothing', async () => {
  const form = await publishedForm();
  const open = await good(form.slug);
  const params = { id: form.id };
  const changed = await api().change({
    org,
    params,
    body: { version: form.version, fields: [...fields, makeField('consent', 'ok', 'Yes?', { required: true })] },
  });
  const newer = await api().publish({ org, params, body: { version: changed.version } });
  expect(await filledIn(app, open)).toMatchObject({ status: 200 });
  const late = await good(form.slug, answers({ ok: true }));
  await api().change({ org, params, body: { version: newer.version, open: false } });
  expect((await page().read({ params: { org, slug: form.slug } })).open).toBe(false);
  expect(await filledIn(app, late)).toMatchObject({ status: 410, body: { code: 'form_closed' } });
  await expect(api().remove({ org, params })).rejects.toMatchObject({ code: 'in_use' });
  const unused = await publishedForm();
  await api().remove({ org, params: { id: unused.id } });
});

test('a form that was used is archived: closed, out of the list, its address kept; and taken back, still closed', async () => {
  const form = await publishedForm();
  const params = { id: form.id };
  const said = answers();
  expect(await filledIn(app, await good(form.slug, said))).toMatchObject({ status: 200 });
  const late = await good(form.slug);
  const listed = async (archived: 'true' | 'false') =>
    (await api().list({ org, query: { archived } })).items.map(({ id }) => id);
  const archive = (archived: boolean) => api().archive({ org, params, body: { archived } });

  const away = await archive(true);
  expect(away).toMatchObject({ open: false, archivedAt: expect.any(String), version: form.version + 1 });
  expect(await archive(true)).toEqual(away);
  expect(await listed('false')).not.toContain(form.id);
  expect(await listed('true')).toEqual([form.id]);
  expect((await api().list({ org, query: {} })).archived).toBe(1);
  expect((await page().read({ params: { org, slug: form.slug } })).open).toBe(false);
  expect(await filledIn(app, late)).toMatchObject({ status: 410, body: { code: 'form_closed' } });
  expect(await inquiryOf(said.title)).toMatchObject([{ formId: form.id }]);
  await expect(api().change({ org, params, body: { version: away.version, open: true } })).rejects.toMatchObject({
    status: 400,
    fields: [{ field: 'open' }],
  });
  await expect(api().create({ org, body: { title: 'Again', slug: form.slug } })).rejects.toMatchObject({
    code: 'duplicate',
  });

  const back = await archive(false);
  expect(back).toMatchObject({ open: false, archivedAt: null });
  expect(await listed('false')).toContain(form.id);
  await api().change({ org, params, body: { version: back.version, open: true } });
  expect(await filledIn(app, await good(form.slug))).toMatchObject({ status: 200 });
  await expect(api().archive({ org, params: { id: uuidv7() }, body: {} })).rejects.toMatchObject({ status: 404 });
  await expect(app.client(forms, 'staff').archive({ org, params, body: {} })).rejects.toMatchObject({ status: 403 });
});

/** Other forms in use, as many as leave room for `room` of the 100. */
const crowd = (room: number) =>
  app.inTenant(async (tx) => {
    await tx.query(`delete from forms where org_id = $1 and slug ~ '^(full|last)-'`, [app.org.id]);
    await tx.query(
      `insert into forms (org_id, id, slug, title)
       select $1, gen_random_uuid(), 'full-' || n, 'Full'
         from generate_series(1, 100 - $2 - (select count(*)::int from forms where org_id = $1 and archived_at is null)) n`,
      [app.org.id, room],
    );
  });

test('only so many forms are in use at a time, made at once too; those that are archived don’t count', async () => {
  const form = await publishedForm();
  const archive = (archived: boolean) => api().archive({ org, params: { id: form.id }, body: { archived } });
  const create = (title: string) => api().create({ org, body: { title } });
  await archive(true);
  await crowd(0);
  const full = { code: 'too_many_forms' };
  await expect(create('Last one')).rejects.toMatchObject(full);
  await expect(archive(false)).rejects.toMatchObject(full);

  await crowd(1);
  const tried = await Promise.allSettled([archive(false), ...['Last 1', 'Last 2', 'Last 3'].map(create)]);
  expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const one of tried) if (one.status === 'rejected') expect(one.reason).toMatchObject(full);

  await crowd(2);
  await archive(false);
  await app.inTenant((tx) => tx.query(`delete from forms where org_id = $1 and slug ~ '^full-'`, [app.org.id]));
});

test('no mail twice a day more than thrice to one mailbox, whoever names it', async () => {
  const form = await publishedForm();
  const states: unknown[] = [];
  for (let time = 0; time < 5; time++) {
    const said = { ...answers(), email: 'Victim@example.com' };
    await filledIn(app, await good(form.slug, said));
    states.push((await inquiryOf(said.title))[0]?.['state']);
  }
  expect(states).toEqual(['new', 'new', 'new', 'spam', 'spam']);
});

test('one address has only so many tries, another one goes on', async () => {
  const form = await publishedForm();
  const one = await good(form.slug);
  const statuses: number[] = [];
  for (let time = 0; time < 32; time++)
    statuses.push((await sendFrom(app, '203.0.113.7', { ...one, proof: '' })).status);
  expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  expect(await sendFrom(app, '203.0.113.8', one)).toMatchObject({ status: 200 });
});

test('a body that is too large, or of another kind, gets nowhere', async () => {
  const form = await publishedForm();
  const url = `${app.baseUrl}/api/v1/forms/${org}/${form.slug}/submissions`;
  const large = JSON.stringify({ ...(await good(form.slug)), answers: { title: 'x'.repeat(200_000) } });
  const json = { 'content-type': 'application/json' };
  expect((await fetch(url, { method: 'POST', headers: json, body: large })).status).toBe(413);
  const formBody = new URLSearchParams({ title: 'x' });
  expect((await fetch(url, { method: 'POST', body: formBody })).status).toBe(415);
  expect((await fetch(url)).status).toBe(404);
});
