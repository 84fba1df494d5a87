import { expect, test } from 'vitest';
import { engagements } from '#features/engagements/contract.ts';
import { tasks } from '#features/engagements/tasks/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();
const org = 'test';

test('what happens in a dossier is told while one looks, narrowed, and taken back', async () => {
  const { app } = stage;
  const times = { startsAt: '2029-05-01T14:00:00.000Z', endsAt: '2029-05-01T21:00:00.000Z' };
  const show = await app.client(engagements).create({ org, body: { title: 'Gala of the season', ...times } });
  const params = { id: show.id };
  const item = await app.client(timeline).create({
    org,
    params,
    body: { kind: 'load_in', startsAt: times.startsAt, endsAt: '2029-05-01T15:00:00.000Z' },
  });
  const todo = (title: string) => app.client(tasks, 'staff').create({ org, body: { engagementId: show.id, title } });
  for (const title of [
    'Book the hotel',
    'Order towels',
    'Print the plot',
    'Call the runner',
    'Rent a van',
    'Buy water',
  ])
    await todo(title);
  const page = await stage.openSignedIn();
  await page.goto(`/o/test/engagements/${show.id}?tab=record`);
  const stream = page.getByRole('list', { name: 'Activity' });
  await stream.getByText('added the task “Book the hotel”').waitFor();
  await todo('Sweep the stage');
  await stream.getByText('added the task “Sweep the stage”').waitFor();
  await app.client(timeline).change({
    org,
    params: { id: item.id },
    body: { version: 1, startsAt: '2029-05-01T14:30:00.000Z' },
  });
  await stream.getByText(/^moved Load-in: starts/).waitFor();
  await shot(page, 'activity-1-record');
  await accessibleEverywhere(page);

  await page.getByRole('combobox', { name: 'Part' }).click();
  await page.getByRole('option', { name: 'Schedule' }).click();
  await expect.poll(() => stream.getByText('added the task', { exact: false }).count()).toBe(0);
  await page.getByRole('button', { name: /^Go back: moved Load-in/ }).click();
  await page.getByRole('menuitem', { name: 'Undo this' }).click();
  await stream.getByText(/Undo of change/).waitFor();
  const { items } = await app.client(timeline).list({ org, params, query: {} });
  expect(items).toMatchObject([{ startsAt: times.startsAt }]);

  await page.goto('/o/test/activity');
  await page.getByRole('heading', { name: 'Activity' }).waitFor();
  await stream.getByRole('link', { name: 'Gala of the season' }).first().waitFor();
  await page.getByRole('combobox', { name: 'Who' }).click();
  await page.getByRole('option', { name: /staff/ }).click();
  await stream.getByText('added the task “Sweep the stage”').waitFor();
  await expect.poll(() => page.url()).toContain('actor=');
  await shot(page, 'activity-2-organisation');
  await accessibleEverywhere(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'activity-3-dark');
  await page.setViewportSize(phone);
  await shot(page, 'activity-4-phone');
  stage.quiet();
});
