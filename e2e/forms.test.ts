import { expect, test } from 'vitest';
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
