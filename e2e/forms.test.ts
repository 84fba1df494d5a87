import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { forms } from '#features/intake/forms/contract.ts';
import { makeField } from '#features/intake/forms/field-rules.ts';
import { formTemplate } from '#features/intake/forms/templates/built-in-rules.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { accessible, phone, useStage, wide } from './browser.ts';
import { moveUp } from './keyboard.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();
const org = 'test';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('a form is begun with a template, changed, tried, mended and published', async () => {
  await stage.app.client(resources).create({ org, body: { kind: 'place', name: 'Small room' } });
  const page = await stage.openSignedIn();
  await page.goto('/o/test/forms');
  await page.getByText('No forms yet').waitFor();
  await accessible(page);
  await page.getByRole('button', { name: 'New form' }).click();
  const dialog = page.getByRole('dialog');
  await shot(page, 'forms-5-new');
  await dialog.getByRole('button', { name: /Hold your event with us/ }).click();
  await page.getByRole('heading', { name: 'Hold your event with us', level: 1 }).waitFor();
  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.getByText('Sound and light').click();
  await preview.getByLabel('Tell us about the stage and the sound').waitFor();

  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Choose the places that can be asked for.').waitFor();
  await shot(page, 'forms-6-faults');
  const list = page.getByRole('list', { name: 'Fields', exact: true });
  await list.getByRole('button', { name: /Which space\?/, expanded: false }).click();
  await list.getByRole('checkbox', { name: 'Small room' }).check();
  await preview.getByText('Small room').waitFor();
  await page.getByRole('button', { name: 'Add a field' }).click();
  await page.getByRole('menuitem', { name: 'Choice of one' }).click();
  await list.getByLabel('Question').fill('How did you hear of us?');
  await list.getByRole('textbox', { name: 'Choice 1' }).fill('A friend');
  await list.getByRole('textbox', { name: 'Choice 2' }).fill('A poster');
  await list.getByRole('button', { name: 'Add a choice' }).click();
  await list.getByRole('textbox', { name: 'Choice 3' }).fill('Elsewhere');
  await page.getByRole('button', { name: 'Add a field' }).click();
  await page.getByRole('menuitem', { name: 'Short text' }).click();
  await list.getByLabel('Question').fill('Where?');
  await list.getByRole('combobox', { name: 'It shows' }).click();
  await page.getByRole('option', { name: /How did you hear of us/ }).click();
  await list.getByRole('list', { name: 'For these answers' }).getByLabel('A friend').uncheck();
  await list.getByRole('list', { name: 'For these answers' }).getByLabel('Elsewhere').check();
  await expect.poll(() => preview.getByLabel('Where?').count()).toBe(0);
  await preview.getByText('Elsewhere').click();
  await preview.getByLabel('Where?').waitFor();
  await preview.getByLabel('Where?').scrollIntoViewIfNeeded();
  await shot(page, 'forms-7-builder');
  await accessibleEverywhere(page);
  await page.setViewportSize(phone);
  await shot(page, 'forms-8-builder-phone');
  await page.getByRole('radio', { name: 'Preview' }).click();
  await preview.waitFor();
  await shot(page, 'forms-9-preview-phone');
  await page.setViewportSize(wide);

  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Published', { exact: true }).first().waitFor();
  await page.getByText('Open', { exact: true }).waitFor();
  stage.quiet();
});

test('a published form is shared, put in order by the keyboard, and found again', async () => {
  const api = stage.app.client(forms);
  const { id, version } = await api.create({ org, body: { title: 'Invite us', slug: 'invite' } });
  const asked = [
    makeField('email', 'email', 'E-mail', { meaning: 'email', required: true }),
    makeField('short_text', 'heard', 'How did you hear of us?'),
    makeField('short_text', 'where', 'Where?'),
  ];
  const draft = await api.change({ org, params: { id }, body: { version, fields: asked } });
  await api.publish({ org, params: { id }, body: { version: draft.version } });
  const page = await stage.openSignedIn();
  await page.goto(`/o/test/forms/${id}`);
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Share' }).click();
  expect(await dialog.getByLabel('Address').inputValue()).toMatch(/\/forms\/test\/invite$/);
  await dialog.getByLabel('Pages that may show it in a frame').fill('https://www.example.com/events/ask');
  await dialog.getByRole('button', { name: 'Save the sites' }).click();
  await expect.poll(() => dialog.getByLabel('Snippet for that page').inputValue()).toContain('?embed=1');
  await shot(page, 'forms-10-share');
  await accessibleEverywhere(page);
  await page.keyboard.press('Escape');

  // By the keyboard alone: the last field goes up one place, and the draft says that people don't see it yet.
  await moveUp(page, { name: 'Where?', places: ['at the place of How did you hear of us?'] });
  await page.getByText('Changes not published').waitFor();
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('Changes not published').waitFor();
  await page.goto('/o/test/forms');
  await page.getByRole('link', { name: 'Invite us' }).waitFor();
  await shot(page, 'forms-11-list');
  await accessibleEverywhere(page);
  stage.quiet();
});

test('a stranger fills a form in on a phone: errors lead to their place, a reload keeps what was written, it is sent once', async () => {
  const { app } = stage;
  const hall = await app.client(resources).create({ org, body: { kind: 'place', name: 'Great hall' } });
  const api = app.client(forms);
  const made = await api.create({ org, body: { template: 'venue_event', slug: 'ask-us' } });
  const params = { id: made.id };
  const fields = formTemplate('venue_event').fields.map((field) =>
    field.type === 'place' ? { ...field, placeIds: [hall.id] } : field,
  );
  const withPhotos = [...fields, makeField('file', 'photos', 'Photos')];
  const draft = await api.change({ org, params, body: { version: made.version, fields: withPhotos } });
  await api.publish({ org, params, body: { version: draft.version } });

  const page = await stage.open(phone);
  await page.goto('/forms/test/ask-us');
  await page.getByRole('heading', { name: 'Hold your event with us' }).waitFor();
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect(loaded.filter((name) => /shell|navigation|sortable|wall-clock/.test(name))).toEqual([]);
  await shot(page, 'forms-1-phone', true);
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText(/answers need another look/).waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('[data-field]')?.getAttribute('data-field')))
    .toBe('title');
  await shot(page, 'forms-2-errors', true);
  await accessibleEverywhere(page);

  await page.getByLabel('What is it called?').fill('Spring gala');
  await page.getByText('Concert or show').click();
  await page.getByLabel('From: day').fill('2031-05-01');
  await page.getByLabel('From: time').fill('19:30');
  await page.getByLabel('Until: time').fill('23:00');
  await page.getByText('Great hall').click();
  await page.getByLabel('How many guests?').fill('350');
  await page.getByText('Sound and light').click();
  await page.getByLabel('Tell us about the stage and the sound').fill('A band of five, and a choir.');
  await page.locator('input[type=file]').setInputFiles([{ name: 'door.png', mimeType: 'image/png', buffer: png }]);
  await page.getByText('door.png').waitFor();
  await page.reload();
  await page.getByText('What you wrote last time is still here.').waitFor();
  expect(await page.getByLabel('What is it called?').inputValue()).toBe('Spring gala');
  expect(await page.getByLabel('How many guests?').inputValue()).toBe('350');
  expect(await page.getByLabel('Until: time').inputValue()).toBe('23:00');
  await page.getByRole('button', { name: 'Take File 1 away' }).waitFor();
  await page.getByText('Sound and light').click();
  await expect.poll(() => page.getByLabel('Tell us about the stage and the sound').count()).toBe(0);
  await page.getByLabel('Budget, roughly').fill('2500,50');
  await page.getByLabel('Your name').fill('Ada Lo');
  await page.getByLabel('E-mail').fill('ada@example');
  await page.getByLabel(/I agree/).check();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('One answer needs another look.').waitFor();
  await page.getByLabel('E-mail').fill('ada@example.com');
  await shot(page, 'forms-3-filled', true);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('heading', { name: 'It’s sent' }).waitFor();
  await shot(page, 'forms-4-thanks');
  await accessibleEverywhere(page);
  await page.getByRole('link', { name: 'See how it stands' }).waitFor();
  const [inquiry] = await app.inTenant((tx) =>
    tx.query<Record<string, unknown>>(
      'select title, people, budget_minor::int as budget, state, answers from inquiries where org_id = $1',
      [app.org.id],
    ),
  );
  expect(inquiry).toMatchObject({ title: 'Spring gala', people: 350, budget: 250_050, state: 'new' });
  expect(inquiry?.['answers']).not.toHaveProperty('technical');
  expect(inquiry?.['answers']).toMatchObject({ photos: [expect.any(String)] });
  await page.reload();
  expect(await page.getByLabel('What is it called?').inputValue()).toBe('');
  stage.quiet();
});

test('a form that was used is archived, found behind its filter, and taken back into use', async () => {
  const api = stage.app.client(forms);
  // Another try finds what the first one left.
  const title = `Ball of the fire brigade ${Date.now() % 1_000}`;
  const used = await published(title);
  await sendOnce(used.slug);
  await published('Ask us anything at all');
  const page = await stage.openSignedIn();
  const dialog = page.getByRole('dialog');
  await page.goto(`/o/test/forms/${used.id}`);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await shot(page, 'forms-12-menu');
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await dialog.getByText('Something came in by this form').waitFor();
  await shot(page, 'forms-12-in-use');
  await dialog.getByRole('button', { name: 'Archive it' }).click();
  await page.getByRole('button', { name: 'Take back into use' }).waitFor();
  await shot(page, 'forms-12-archived');
  await accessibleEverywhere(page);
  await page.setViewportSize(phone);
  await shot(page, 'forms-12-archived-phone');
  await page.setViewportSize(wide);

  await page.goto('/o/test/forms');
  await page.getByRole('link', { name: 'Ask us anything at all' }).first().waitFor();
  expect(await page.getByRole('link', { name: title }).count()).toBe(0);
  await page.getByRole('button', { name: /^Archived \d/ }).press('Enter');
  await page.getByRole('link', { name: title }).waitFor();
  await page.reload();
  await page.getByRole('list', { name: 'Archived forms' }).getByText('Archived').first().waitFor();
  await shot(page, 'forms-13-archive');
  await accessibleEverywhere(page);
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'forms-13-archive-phone-dark');
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(wide);
  await page.getByRole('link', { name: title }).click();
  await page.getByRole('button', { name: 'Take back into use' }).click();
  await page.getByText('It is closed until somebody opens it again.', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Open the form again' }).click();
  await page.getByText('Open', { exact: true }).waitFor();
  expect(await api.get({ org, params: { id: used.id } })).toMatchObject({ open: true, archivedAt: null });
  await page.goto('/o/test/forms');
  await page.getByRole('link', { name: title }).waitFor();
  stage.quiet();
});

test('a form stands in a page of another site and is sent from there; no other page of ours does', async () => {
  const { id, slug } = await published('Invite the quartet');
  const site = await otherSite();
  const page = await stage.openSignedIn();
  await page.goto(`/o/test/forms/${id}`);
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Pages that may show it in a frame').fill(`${site.origin}/events/ask`);
  await dialog.getByRole('button', { name: 'Save the sites' }).click();
  const snippet = await dialog.getByLabel('Snippet for that page').inputValue();
  site.pages.set('/ask', `<h1>The Quartet</h1><p>Have us play at your house.</p>${snippet}<p>Imprint</p>`);

  const visitor = await stage.open();
  await visitor.goto(`${site.origin}/ask`);
  const frame = visitor.frameLocator('iframe');
  await frame.getByRole('heading', { name: 'Invite the quartet' }).waitFor();
  // As tall as the form, also when it grows: nobody scrolls in a box.
  const box = () => visitor.locator('iframe').evaluate((one) => one.clientHeight);
  const content = () =>
    frame.locator('main').evaluate((one) => Math.ceil(one.getBoundingClientRect().bottom + scrollY));
  await expect.poll(async () => (await box()) - (await content())).toBe(0);
  const before = await box();
  await shot(visitor, 'forms-14-framed');
  await frame.getByRole('button', { name: 'Send', exact: true }).click();
  await frame.getByText('One answer needs another look.').waitFor();
  await expect.poll(box).toBeGreaterThan(before);
  await frame.getByLabel('E-mail').fill('ada@example.com');
  await frame.getByLabel('Anything else?').fill('Sunday, in the garden.');
  await visitor.setViewportSize(phone);
  await shot(visitor, 'forms-14-framed-phone');
  // Somebody else’s page is light, whatever the visitor’s device prefers; so is the form in it.
  await visitor.emulateMedia({ colorScheme: 'dark' });
  expect(await frame.locator('html').evaluate((one) => getComputedStyle(one).colorScheme)).toBe('light');
  await shot(visitor, 'forms-14-framed-phone-dark');
  await visitor.emulateMedia({ colorScheme: null });
  await frame.getByRole('button', { name: 'Send', exact: true }).click();
  await frame.getByRole('heading', { name: 'It’s sent' }).waitFor();
  await shot(visitor, 'forms-14-framed-thanks');
  // The page of its own opens beside the site, where nothing stands in a frame.
  const opening = visitor.context().waitForEvent('page');
  await frame.getByRole('link', { name: 'See how it stands' }).click();
  const status = await opening;
  await status.getByText('Sunday, in the garden.').waitFor();
  expect(visitor.url()).toBe(`${site.origin}/ask`);
  const [inquiry] = await stage.app.inTenant((tx) =>
    tx.query('select email, message, state from inquiries where org_id = $1 and form_id = $2', [stage.app.org.id, id]),
  );
  expect(inquiry).toMatchObject({ email: 'ada@example.com', message: 'Sunday, in the garden.', state: 'new' });
  stage.quiet();

  // The signed-in owner visits a site that would like to press their buttons; and one that isn’t listed shows the form.
  const origin = new URL(page.url()).origin;
  const framed = (url: string) => `<iframe src="${url}"></iframe>`;
  site.pages.set('/board', framed(`${origin}/o/test/board`));
  site.pages.set('/plain', framed(`${origin}/forms/test/${slug}`));
  const refusals: string[] = [];
  const lured = await page.context().newPage();
  lured.on('console', (message) => refusals.push(message.text()));
  for (const url of [`${site.origin}/board`, `${site.origin}/plain`, `${site.alias}/ask`]) {
    refusals.length = 0;
    await lured.goto(url);
    await expect.poll(() => refusals.join(' ')).toMatch(/frame-ancestors/);
    expect(lured.frames().filter((one) => one.url().startsWith(origin))).toEqual([]);
  }
});

/** A published form that asks for an e-mail address and a message. */
async function published(title: string) {
  const api = stage.app.client(forms);
  const { id, version } = await api.create({ org, body: { title } });
  const fields = [
    makeField('email', 'email', 'E-mail', { meaning: 'email', required: true }),
    makeField('long_text', 'message', 'Anything else?', { meaning: 'message' }),
  ];
  const draft = await api.change({ org, params: { id }, body: { version, fields } });
  return api.publish({ org, params: { id }, body: { version: draft.version } });
}

async function sendOnce(slug: string): Promise<void> {
  const page = await stage.open();
  await page.goto(`/forms/test/${slug}`);
  await page.getByLabel('E-mail').fill('bo@example.com');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('heading', { name: 'It’s sent' }).waitFor();
  await page.close();
}

/** Somebody else’s site: on another host and port than ours. `alias` is the same under a name that nobody listed. */
async function otherSite() {
  const pages = new Map<string, string>();
  const server = createServer(({ url = '' }, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><meta name="viewport" content="width=device-width"><title>Elsewhere</title>${pages.get(url) ?? ''}`,
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('There is no port.');
  return { pages, origin: `http://127.0.0.1:${address.port}`, alias: `http://localhost:${address.port}` };
}
