import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { files } from '#features/files/contract.ts';
import { inquiries } from '#features/intake/inquiries/contract.ts';
import { forms, type Form } from '../contract.ts';
import { makeField } from '../field-rules.ts';
import { removeUnsentFiles } from './form-files.ts';
import { filledIn, goodSubmission, type Filled } from './test/sender.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api,worker', HOLDFAST_PROXIES: '1' });
});
afterAll(() => app.stop());

const org = 'test';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function withFiles(slug: string, asks = true): Promise<Form> {
  const api = app.client(forms);
  const fields = [
    makeField('email', 'email', 'E-mail', { meaning: 'email', required: true }),
    ...(asks ? [makeField('file', 'photos', 'Photos')] : []),
  ];
  const { id, version } = await api.create({ org, body: { title: slug, slug } });
  const draft = await api.change({ org, params: { id }, body: { version, fields } });
  return api.publish({ org, params: { id }, body: { version: draft.version } });
}

let part = 0;
async function add(page: Filled, name: string, bytes: Buffer, more: Record<string, string> = {}) {
  part += 1;
  const { token, proof } = page;
  const query = new URLSearchParams({ token, proof, name, size: String(bytes.length), ...more });
  const response = await fetch(`${app.baseUrl}/api/v1/forms/${org}/${page.slug}/files?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'x-forwarded-for': `10.9.0.${part}` },
    body: new Uint8Array(bytes),
  });
  const body = (await response.json()) as { id?: string; code?: string; fields?: { field: string }[] };
  return { status: response.status, ...body };
}

const open = (slug: string) => goodSubmission(app, org, slug, { email: `${slug}@example.com` });

test('a file is added, looked into, and sent with the answers once', async () => {
  const { slug } = await withFiles('photos');
  const page = await open(slug);
  const [first, second] = [await add(page, 'door.png', png), await add(page, 'Door.png', png)];
  expect(first).toMatchObject({ status: 201 });
  expect(second).toMatchObject({ status: 201 });
  const answers = { ...page.answers, photos: [first.id, second.id] };
  expect(await filledIn(app, { ...page, answers })).toMatchObject({ status: 200 });
  const again = await open(slug);
  const stolen = { email: 'other@example.com', photos: [first.id] };
  expect(await filledIn(app, { ...again, answers: stolen })).toMatchObject({
    status: 400,
    body: { fields: [{ field: 'answers.photos' }] },
  });
  const { items: folders } = await app.client(files).folders({ org, query: {} });
  const folder = folders.find(({ name }) => name === 'From forms');
  const { items } = await app.client(files).list({ org, query: { folderId: folder?.id } });
  expect(items.map(({ name }) => name).sort()).toEqual(['Door (2).png', 'door.png']);
});

test('what isn’t what it says, what is too large, a program, or for no such field is refused', async () => {
  const { slug } = await withFiles('refusing');
  const page = await open(slug);
  expect(await add(page, 'photo.png', Buffer.from('<html><script>alert(1)</script></html>'))).toMatchObject({
    code: 'content_mismatch',
  });
  expect(await add(page, 'virus.exe', png)).toMatchObject({ status: 400 });
  expect(await add(page, '../../etc/passwd', png)).toMatchObject({ status: 400 });
  expect(await add(page, 'big.png', png, { size: String(9 * 1024 * 1024) })).toMatchObject({ status: 400 });
  expect(await add(page, 'short.png', png, { size: String(png.length + 5) })).toMatchObject({ code: 'part_broken' });
  expect(
    await app.inTenant((tx) =>
      tx.query('select id from file_uploads where org_id = $1 and version_id is null', [app.org.id]),
    ),
  ).toEqual([]);
  expect(await add({ ...page, proof: '' }, 'door.png', png)).toMatchObject({
    status: 400,
    fields: [{ field: 'proof' }],
  });
  expect(await add({ ...page, token: 'made up' }, 'door.png', png)).toMatchObject({ status: 400 });
  const plain = await withFiles('plain', false);
  expect(await add(await open(plain.slug), 'door.png', png)).toMatchObject({
    status: 400,
    fields: [{ field: 'name' }],
  });
  expect(await add({ ...page, slug: plain.slug }, 'door.png', png)).toMatchObject({ status: 404 });
});

test('strangers can’t fill the room: neither with files, nor by announcing some', async () => {
  const { slug } = await withFiles('crowded');
  const page = await open(slug);
  const announce = (count: number) =>
    app.inTenant((tx) =>
      tx.query(
        `insert into file_uploads (org_id, id, name, size, object_key, started_by, created_at, updated_at)
         select $1, gen_random_uuid(), 'x.png', 8, concat($1::uuid, '/', gen_random_uuid()), 'token:form:x', $3, $3
           from generate_series(1, $2::int)`,
        [app.org.id, count, new Date(Date.now() - 3 * 86_400_000)],
      ),
    );
  await announce(60);
  expect(await add(page, 'door.png', png)).toMatchObject({ status: 429 });
  await app.inTenant(removeUnsentFiles);
  expect(await add(page, 'door.png', png)).toMatchObject({ status: 201 });
  await app.inTenant((tx) =>
    tx.query('delete from files where org_id = $1 and id in (select id from form_files where org_id = $1)', [
      app.org.id,
    ]),
  );
});

test('what was added and never sent goes after two days, with its bytes; what was sent stays', async () => {
  const { slug } = await withFiles('tidied');
  const page = await open(slug);
  const [kept, left] = [await add(page, 'kept.png', png), await add(page, 'left.png', png)];
  await filledIn(app, { ...page, answers: { ...page.answers, photos: [kept.id] } });
  await app.inTenant(async (tx) => {
    await removeUnsentFiles(tx);
    await tx.query("update form_files set added_at = added_at - interval '3 days' where org_id = $1", [app.org.id]);
    await removeUnsentFiles(tx);
  });
  const there = await app.inTenant((tx) =>
    tx.query<{ id: string }>('select id from files where org_id = $1 and id = any($2::uuid[])', [
      app.org.id,
      [kept.id, left.id],
    ]),
  );
  expect(there).toEqual([{ id: kept.id }]);
});

test('whoever deletes an inquiry deletes what came with it, but not what a member has taken elsewhere', async () => {
  const { id: formId, slug } = await withFiles('deleted');
  const page = await open(slug);
  const [gone, taken, unsent] = [
    await add(page, 'gone.png', png),
    await add(page, 'taken.png', png),
    await add(page, 'unsent.png', png),
  ];
  const photos = [gone.id, taken.id];
  expect(await filledIn(app, { ...page, answers: { ...page.answers, photos } })).toMatchObject({ status: 200 });
  const folder = await app.client(files).createFolder({ org, body: { name: 'Riders' } });
  const { file } = await app.client(files).get({ org, params: { id: taken.id ?? '' } });
  await app.client(files).change({
    org,
    params: { id: file.id },
    body: { version: file.version, folderId: folder.id },
  });
  const [inquiry] = (await app.client(inquiries).list({ org, query: { formId } })).items;
  await app.client(inquiries).remove({ org, params: { id: inquiry?.id ?? '' } });
  const left = () =>
    app.inTenant((tx) =>
      tx.query<{ id: string }>('select id from files where org_id = $1 and id = any($2::uuid[]) order by id', [
        app.org.id,
        [gone.id, taken.id, unsent.id],
      ]),
    );
  expect(await left()).toEqual([{ id: taken.id }, { id: unsent.id }]);
  await app.client(forms).remove({ org, params: { id: formId } });
  expect(await left()).toEqual([{ id: taken.id }]);
});
