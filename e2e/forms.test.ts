import { expect, test } from 'vitest';
import { forms } from '#features/intake/forms/contract.ts';
import { formTemplate } from '#features/intake/forms/templates/built-in-rules.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();
const org = 'test';

test('a stranger fills a form in on a phone: errors lead to their place, a reload keeps what was written, it is sent once', async () => {
  const { app } = stage;
  const hall = await app.client(resources).create({ org, body: { kind: 'place', name: 'Great hall' } });
  const api = app.client(forms);
  const made = await api.create({ org, body: { template: 'venue_event' } });
  const params = { id: made.id };
  const fields = formTemplate('venue_event').fields.map((field) =>
    field.type === 'place' ? { ...field, placeIds: [hall.id] } : field,
  );
  const draft = await api.change({ org, params, body: { version: made.version, fields: [...fields] } });
  await api.publish({ org, params, body: { version: draft.version } });

  const page = await stage.open(phone);
  await page.goto('/forms/test/event-request');
  await page.getByRole('heading', { name: 'Hold your event with us' }).waitFor();
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
  await page.reload();
  await page.getByText('What you wrote last time is still here.').waitFor();
  expect(await page.getByLabel('What is it called?').inputValue()).toBe('Spring gala');
  expect(await page.getByLabel('How many guests?').inputValue()).toBe('350');
  expect(await page.getByLabel('Until: time').inputValue()).toBe('23:00');
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
  await page.reload();
  expect(await page.getByLabel('What is it called?').inputValue()).toBe('');
  stage.quiet();
});
