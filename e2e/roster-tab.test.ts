import { expect, test } from 'vitest';
import { engagements } from '#features/engagements/contract.ts';
import { people } from '#features/engagements/people/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { personalDetails } from '#features/scheduling/personal-details/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { phone, useStage, wide } from './browser.ts';
import { moveUp } from './keyboard.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();
const org = 'test';
const times = { startsAt: '2029-05-01T12:00:00.000Z', endsAt: '2029-05-01T22:00:00.000Z' };

async function world() {
  const { app } = stage;
  const person = async (name: string) =>
    (
      await app.client(resources).create({
        org,
        body: { kind: 'person', name, email: `${name.slice(0, 3).toLowerCase()}@example.com`, phone: '+49 40 1234' },
      })
    ).id;
  const show = await app.client(engagements).create({ org, body: { title: 'Gala of the season', ...times } });
  const [ann, ben] = [await person('Ann Flute'), await person('Ben Drum')];
  await person('Cem Sound');
  await person('Dot Stand-in');
  await app.client(parties).create({ org, body: { name: 'Pat Promoter', phone: '+49 40 999' } });
  await app.client(claims).place({
    org,
    body: {
      engagementId: show.id,
      claims: [
        { resourceId: ann, ...times, status: 'commit' },
        { resourceId: ben, ...times, status: 'hold' },
      ],
    },
  });
  await app
    .client(personalDetails)
    .changeEmergency({ org, params: { id: ann }, body: { version: 0, emergencyName: 'Uma Flute' } });
  return show;
}

test('from those who are held to a roster in groups, with a stand-in and whom to call', async () => {
  const page = await stage.openSignedIn();
  const show = await world();
  await page.goto(`/o/test/engagements/${show.id}?tab=roster`);
  await page.getByText('Nobody on the roster yet').waitFor();
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'Everyone held or seated' }).click();
  await page.getByText('2 people, 1 of them sure').waitFor();

  const dialog = page.getByRole('dialog');
  const choose = async (label: string, name: string) => {
    await dialog.getByRole('combobox', { name: label }).click();
    await page.getByPlaceholder('Search…').fill(name);
    await page.getByRole('option', { name }).first().click();
  };
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await choose('Musician', 'Cem Sound');
  await dialog.getByRole('combobox', { name: 'Group' }).click();
  await page.getByRole('option', { name: /^C ·/ }).click();
  await dialog.getByLabel('Role').fill('Sound engineer with a very long description of everything that is done');
  await dialog.getByLabel('Call note').fill('Stage door, ask for Jo');
  await shot(page, 'roster-1-add');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });

  // A second window sees it without asking.
  const second = await stage.openSignedIn(phone);
  await second.goto(`/o/test/engagements/${show.id}?tab=roster`);
  await second.getByText('Stage door, ask for Jo').waitFor();
  await page.getByRole('button', { name: 'More for Cem Sound' }).click();
  await page.getByRole('menuitem', { name: 'Confirmed' }).click();
  await second.getByText('3 people, 2 of them sure').waitFor();

  await page.getByRole('button', { name: 'More for Ben Drum' }).click();
  await page.getByRole('menuitem', { name: 'Somebody stands in' }).click();
  await choose('Musician', 'Dot Stand-in');
  await dialog.getByRole('button', { name: 'Stand in', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Stands in for Ben Drum').waitFor();
  await page.getByText('Dot Stand-in takes their place').waitFor();

  const group = page.getByRole('list', { name: /^B ·/ });
  await moveUp(page, { name: 'Dot Stand-in', places: ['at the place of Ben Drum', 'at the place of Ann Flute'] });
  await expect.poll(async () => (await group.getByRole('listitem').first().textContent()) ?? '').toContain('Dot');
  await shot(page, 'roster-2-tab');
  await accessibleEverywhere(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'roster-3-tab-dark');
  await page.emulateMedia({ colorScheme: null });
  await second.getByText('Stands in for Ben Drum').waitFor();
  await shot(second, 'roster-4-tab-phone', true);

  await page.getByRole('button', { name: 'In an emergency: Ann Flute' }).click();
  await dialog.getByRole('button', { name: /^Show/ }).first().click();
  await dialog.getByText('Uma Flute').waitFor();
  await shot(page, 'roster-5-emergency');
  await page.keyboard.press('Escape');

  stage.quiet();
  const { items } = await stage.app.client(people).list({ org, params: { id: show.id } });
  expect(items.map(({ name, standing }) => [name, standing])).toEqual([
    ['Dot Stand-in', 'open'],
    ['Ann Flute', 'booked'],
    ['Ben Drum', 'replaced'],
    ['Cem Sound', 'confirmed'],
  ]);
});

test('a whole day at once; two things at once for one person, of which one is known to a group alone', async () => {
  const page = await stage.openSignedIn();
  const api = stage.app.client(people);
  const show = await stage.app.client(engagements).create({ org, body: { title: 'Second night', ...times } });
  const { id: resourceId } = await stage.app
    .client(resources)
    .create({ org, body: { kind: 'person', name: 'Sam Sound' } });
  await api.add({ org, params: { id: show.id }, body: { resourceId, groupKey: 'c' } });
  await page.goto(`/o/test/engagements/${show.id}?tab=schedule`);
  const dialog = page.getByRole('dialog');
  const add = page.getByRole('button', { name: 'Add', exact: true });
  await add.first().click();
  await dialog.getByRole('combobox', { name: 'What' }).click();
  await page.getByRole('option', { name: 'Soundcheck' }).click();
  await dialog.getByRole('combobox', { name: 'For whom' }).click();
  await page.getByRole('option', { name: /^Groups or people/ }).click();
  await dialog.getByRole('checkbox', { name: 'Stage and office' }).check();
  await dialog.getByRole('combobox', { name: 'Who knows of it' }).click();
  await page.getByRole('option', { name: /^Only some groups/ }).click();
  await dialog
    .getByRole('group', { name: 'Groups that know' })
    .getByRole('checkbox', { name: 'Stage and office' })
    .check();
  await shot(page, 'roster-6-item-form');
  await dialog.getByRole('button', { name: 'Add to the schedule' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Only Stage and office').waitFor();

  await add.first().click();
  await dialog.getByRole('combobox', { name: 'What' }).click();
  await page.getByRole('option', { name: 'Meal' }).click();
  await dialog.getByRole('combobox', { name: 'For whom' }).click();
  await page.getByRole('option', { name: /^Groups or people/ }).click();
  await dialog.getByRole('combobox', { name: 'By name' }).click();
  await page.getByRole('option', { name: /Sam Sound/ }).click();
  // After the soundcheck is offered: back into it.
  await dialog.getByLabel('Starts time').fill('14:30');
  await dialog.getByText(/Sam Sound is wanted at Soundcheck and Meal at the same time/).waitFor();
  await shot(page, 'roster-7-clash');
  await dialog.getByRole('button', { name: 'Add to the schedule' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(() => page.getByText(/Sam Sound is wanted at Soundcheck and Meal/).count()).toBe(2);
  await shot(page, 'roster-8-schedule');
  await page.getByRole('button', { name: 'More for Soundcheck' }).click();
  await page.getByRole('menuitem', { name: /^Shift it/ }).click();
  await dialog.getByRole('radio', { name: 'Everything after' }).click();
  await dialog.getByText(/Sam Sound is wanted at/).waitFor();
  await shot(page, 'roster-8-shift');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await accessibleEverywhere(page);
  await page.setViewportSize(phone);
  await shot(page, 'roster-9-schedule-phone', true);
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'roster-10-schedule-phone-dark', true);
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(wide);

  await page.getByRole('button', { name: 'A whole day…' }).click();
  await dialog.getByRole('combobox', { name: 'What kind of day' }).click();
  await page.getByRole('option', { name: 'Run-out' }).click();
  await dialog.getByRole('checkbox', { name: /Coach home/ }).uncheck();
  await dialog.getByText('Truck loads').waitFor();
  await shot(page, 'roster-11-whole-day');
  await accessibleEverywhere(page);
  await dialog.getByRole('button', { name: 'Put 7 items on the schedule' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Truck loads').first().waitFor();
  await shot(page, 'roster-12-schedule-day', true);
  stage.quiet();
});

test('an organisation names its groups, and changes a day to begin with', async () => {
  const page = await stage.openSignedIn();
  await page.goto('/o/test/settings/rosters');
  await page.getByLabel('B', { exact: true }).fill('Players');
  await page.getByRole('checkbox', { name: /People see how to reach each other/ }).check();
  await page.getByLabel('Hours of rest from one day to the next').fill('30');
  await page.getByText('From 0 to 24.').waitFor();
  await page.getByLabel('Hours of rest from one day to the next').fill('9.5');
  await shot(page, 'roster-13-settings');
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await stage.app.client(people).getSettings({ org })).toMatchObject({
    groupNames: { orchestra: { b: 'Players' } },
    contactsShared: true,
    restMinutes: 570,
  });

  await page.goto('/o/test/settings/schedules');
  await page.getByRole('button', { name: 'Run-out' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Title, Coach home').fill('Bus home');
  await dialog.getByRole('group', { name: 'For whom, Truck loads' }).getByText('Stage and office').waitFor();
  await shot(page, 'roster-14-template');
  await accessibleEverywhere(page);
  await page.setViewportSize(phone);
  await shot(page, 'roster-15-template-phone');
  await page.setViewportSize(wide);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(() => page.getByText('Built in').count()).toBe(2);
  stage.quiet();
});
