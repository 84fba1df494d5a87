import { expect, test } from 'vitest';
import { engagements } from '#features/engagements/contract.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { tasks } from '#features/engagements/tasks/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { phone, useStage } from './browser.ts';
import { moveUp } from './keyboard.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();
const org = 'test';

test('a concert gets its tasks from a list, in order, with a due that moves, steps and somebody who does them', async () => {
  const page = await stage.openSignedIn();
  const startsAt = new Date(Date.now() + 40 * 86_400_000);
  startsAt.setUTCHours(18, 0, 0, 0);
  const concert = await stage.app.client(engagements).create({
    org,
    body: {
      title: 'Mahler Nine',
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + 7_200_000).toISOString(),
    },
  });
  await stage.app.client(resources).create({ org, body: { kind: 'person', name: 'Librarian Lee Featherstonehaugh' } });
  await page.goto(`/o/test/engagements/${concert.id}`);
  await page.getByRole('tab', { name: 'Tasks' }).click();
  await page.getByText('Nothing to do yet').waitFor();
  await shot(page, 'tasks-1-empty');
  await page.getByRole('button', { name: 'From a list' }).click();
  await page.getByRole('menuitem', { name: 'Symphony concert' }).click();
  await page.getByRole('button', { name: 'Mark bowings', exact: true }).waitFor();
  await page.getByLabel('Add a task').fill('Hire a celesta');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Hire a celesta', exact: true }).waitFor();
  await page.getByLabel('Add a task').press('Tab');

  // By the keyboard alone: the new one goes before the one above it.
  await moveUp(page, { name: 'Hire a celesta', places: ['at the place of Report'] });
  const api = stage.app.client(tasks);
  const order = async () => (await api.ofEngagement({ org, params: { id: concert.id } })).items;
  await expect.poll(async () => (await order()).at(-2)?.title).toBe('Hire a celesta');

  await page.getByRole('button', { name: 'Hire a celesta', exact: true }).click();
  const panel = page.getByRole('dialog');
  await panel.getByRole('combobox', { name: 'Who does it' }).click();
  await page.keyboard.type('Lee');
  await page.getByRole('option', { name: /Librarian Lee/ }).click();
  await panel.getByRole('radio', { name: 'By the concert' }).click();
  await panel.getByLabel('Days', { exact: true }).fill('21');
  await panel.getByText('it moves with the concert').waitFor();
  await panel.getByLabel('Add a step').fill('Ask for prices');
  await page.keyboard.press('Enter');
  await panel.getByText('Steps, 0 of 1 done').waitFor();
  await panel.getByRole('checkbox', { name: 'Ask for prices' }).click();
  await panel.getByText('Steps, 1 of 1 done').waitFor();

  // A step is worded anew in place: Escape takes back what was typed and leaves the panel open.
  const step = (title: string) => panel.getByRole('button', { name: `Change the step ${title}`, exact: true });
  const words = panel.getByRole('textbox', { name: 'Words of the step Ask for prices' });
  await step('Ask for prices').press('Enter');
  await words.fill('Never mind');
  await words.press('Escape');
  await expect.poll(() => step('Ask for prices').evaluate((one) => one === document.activeElement)).toBe(true);
  await step('Ask for prices').press('Enter');
  await words.fill('Ask three firms for prices');
  await shot(page, 'tasks-2-step');
  await accessibleEverywhere(page);
  await words.press('Enter');
  await expect
    .poll(() => step('Ask three firms for prices').evaluate((one) => one === document.activeElement))
    .toBe(true);
  await panel.getByRole('checkbox', { name: 'Ask three firms for prices', checked: true }).waitFor();
  await expect
    .poll(async () => (await order()).at(-2)?.steps.map(({ title }) => title))
    .toEqual(['Ask three firms for prices']);
  await shot(page, 'tasks-2-panel');
  await panel.getByRole('button', { name: 'Save' }).click();
  await panel.waitFor({ state: 'hidden' });
  const made = (await order()).find(({ title }) => title === 'Hire a celesta');
  expect(made).toMatchObject({ dueAnchor: 'start', dueDays: -21, assigneeName: 'Librarian Lee Featherstonehaugh' });
  await page.getByRole('checkbox', { name: 'Done: Mark bowings' }).click();
  await page.getByText('1 of 17 done').waitFor();
  await page.getByRole('tab', { name: 'Tasks' }).scrollIntoViewIfNeeded();
  await shot(page, 'tasks-3-tab', true);
  await accessibleEverywhere(page);
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('region', { name: 'Tasks' }).scrollIntoViewIfNeeded();
  await shot(page, 'tasks-4-phone-dark');
  await page.getByRole('button', { name: 'Hire a celesta', exact: true }).click();
  await panel.getByLabel('Title').waitFor();
  await shot(page, 'tasks-5-phone-panel-dark');
  await panel.getByRole('button', { name: /^Change the step Ask three firms/ }).click();
  const wording = panel.getByRole('textbox', { name: /^Words of the step/ });
  await wording.fill('Ask three firms for prices, with the delivery to the hall and back again on Sunday');
  await shot(page, 'tasks-5-phone-step-dark');
  // Leaving it saves.
  await panel.getByLabel('Add a step').focus();
  await panel.getByRole('checkbox', { name: /back again on Sunday$/ }).waitFor();
  await expect.poll(async () => (await order()).at(-2)?.steps[0]?.title).toMatch(/back again on Sunday$/);
  await shot(page, 'tasks-5-phone-stepped-dark');
  stage.quiet();
});

test('everybody’s tasks by how soon they are due; several are ticked at once; lists are the organisation’s own', async () => {
  const page = await stage.openSignedIn();
  const api = stage.app.client(tasks);
  // By the organisation's clock, which may have begun another day.
  const day = (days: number) =>
    toWallClock(new Date(Date.now() + days * 86_400_000).toISOString(), 'Europe/Berlin').date;
  for (const [title, days] of [
    ['Answer the promoter', -3],
    ['Order stands', 0],
    ['Send the rider', 4],
    ['Renew the insurance', 60],
  ] as const)
    await api.create({ org, body: { title, dueOn: day(days) } });
  await page.goto('/o/test/tasks');
  await page.getByText('Nothing waits for you').waitFor();
  await page.getByRole('radio', { name: 'Everybody’s' }).click();
  await page.getByRole('heading', { name: /^Late \d/ }).waitFor();
  await page.getByRole('region', { name: 'Today' }).getByRole('button', { name: 'Order stands' }).waitFor();
  await shot(page, 'tasks-6-all');
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'Answer the promoter' }).focus();
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate(() => document.activeElement?.textContent)).not.toBe('Answer the promoter');
  await page.getByRole('button', { name: 'Choose', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Choose Answer the promoter' }).click();
  await page.getByRole('checkbox', { name: 'Choose Order stands' }).click();
  await shot(page, 'tasks-7-choosing');
  await page.getByRole('button', { name: 'Tick them' }).click();
  await page.getByText('2 tasks changed', { exact: true }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Answer the promoter' }).count()).toBe(0);
  await page.setViewportSize(phone);
  await shot(page, 'tasks-8-phone');
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.goto('/o/test/settings/tasks');
  await page.getByRole('button', { name: 'Symphony concert' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Title').first().fill('Fix the instrumentation early');
  await shot(page, 'tasks-9-list');
  await accessibleEverywhere(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const { items } = await api.listTemplates({ org });
  expect(items.find(({ key }) => key === 'orchestra.symphony')).toMatchObject({ version: 1 });
  await shot(page, 'tasks-10-settings');
  stage.quiet();
});
