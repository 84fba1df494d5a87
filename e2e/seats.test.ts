import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { needs } from '#features/calls/needs/contract.ts';
import { roster } from '#features/calls/roster/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();

async function inTheDark(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, `seats-${name}-dark`);
  await page.emulateMedia({ colorScheme: null });
}

const org = 'test';
/** A usual orchestra: everybody on chairs but the third flute. */
async function fillRoster(): Promise<void> {
  const api = stage.app.client(roster);
  const people = stage.app.client(resources);
  await api.setUp({ org, body: {} });
  const { positions } = await api.get({ org, query: {} });
  for (const { id, title, chairs } of positions) {
    if (title === 'Flute and piccolo') continue;
    for (let number = 1; number <= chairs; number++) {
      const name = `${title.replace(', tutti', '')} ${number}`;
      const person = await people.create({ org, body: { kind: 'person', name } });
      await api.giveChair({ org, body: { positionId: id, number, resourceId: person.id, startsOn: '2020-01-01' } });
    }
  }
}

test('from a new project to a full orchestra, and a seat that opens again', async () => {
  const page = await stage.openSignedIn();
  await fillRoster();
  await stage.app.client(resources).create({
    org,
    body: { kind: 'person', name: 'Emmanuel Pahud', skills: [{ skill: 'Flute', level: 5 }] },
  });
  const { id } = await stage.app.client(engagements).create({
    org,
    body: { title: 'Mahler 5', startsAt: '2027-05-03T08:00:00Z', endsAt: '2027-05-08T21:00:00Z' },
  });

  await page.goto(`/o/test/engagements/${id}`);
  await page.getByRole('tab', { name: 'Seats' }).click();
  await page.getByText('Nothing is needed yet').waitFor();
  await shot(page, 'seats-1-empty-seats');
  await page.getByRole('tab', { name: 'Schedule' }).click();
  await page.waitForURL(/tab=schedule/);
  await page.getByText('Nothing on the schedule yet').waitFor();
  await shot(page, 'seats-1-empty-schedule');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Title').fill('Strings');
  await dialog.getByLabel('Dress').fill('As you like');
  await shot(page, 'seats-2-add-item');
  await accessibleEverywhere(page);
  await dialog.getByRole('button', { name: 'Add to the schedule' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Dress: As you like').waitFor();
  await page.getByRole('button', { name: 'More for Rehearsal: Strings' }).click();
  await page.getByRole('menuitem', { name: 'Copy to other days…' }).click();
  await dialog.getByRole('button', { name: 'Add this day' }).click();
  await shot(page, 'seats-2-copy');
  await dialog.getByRole('button', { name: 'Copy to 2 days' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByLabel('What', { exact: true }).click();
  await page.getByRole('option', { name: 'Concert', exact: true }).click();
  await dialog.getByLabel('Title').fill('Great Hall');
  await dialog.getByLabel('Starts time').fill('19:30');
  await dialog.getByRole('button', { name: 'Add to the schedule' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Great Hall').waitFor();
  await shot(page, 'seats-3-schedule');
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: 'More for Rehearsal: Strings' }).nth(1).click();
  await page.getByRole('menuitem', { name: 'Shift it and what follows…' }).click();
  await shot(page, 'seats-3-shift');
  await dialog.getByRole('button', { name: 'Shift', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });

  await page.getByRole('tab', { name: 'Seats' }).click();
  await page.getByRole('button', { name: 'From the instrumentation' }).click();
  const box = dialog.getByLabel('Instrumentation');
  await box.fill('3[1.2.3/pic] 2 2 2 - 4 2 3 1 - tmp+2 - hp - 8.7.6.5.x');
  await dialog.getByText(/^Place \d+:/).waitFor();
  await shot(page, 'seats-4-formula-mistake');
  expect(await dialog.getByRole('button', { name: 'Save what is needed' }).isDisabled()).toBe(true);
  await accessibleEverywhere(page);
  await box.fill('3[1.2.3/pic] 2 2 2 - 4 2 3 1 - tmp+2 - hp - 8.7.6.5.4');
  await dialog.getByText('53 players').waitFor();
  await dialog.getByText(/^33 new/).waitFor();
  await shot(page, 'seats-4-formula');
  await inTheDark(page, '4-formula');
  await dialog.getByRole('button', { name: 'Save what is needed' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('212 open').waitFor();
  await shot(page, 'seats-5-open-grid');

  await page.getByRole('button', { name: 'Seat the roster' }).click();
  await page.getByText(/^51 people in 204 seats; 8 seats are open/).waitFor();
  await page.getByRole('gridcell').getByText('Principal flute 1').first().waitFor();
  await shot(page, 'seats-6-seated');
  await inTheDark(page, '6-seated');
  await accessibleEverywhere(page);
  stage.quiet();
}, 300_000);

test('somebody is seated by hand, taken off, and a release on the board opens a seat in sight', async () => {
  const page = await stage.openSignedIn();
  const { items } = await stage.app.client(engagements).list({ org, query: {} });
  const id = items[0]?.id ?? '';
  await page.goto(`/o/test/engagements/${id}?tab=seats`);
  const grid = page.getByRole('grid', { name: 'Seats' });
  await grid
    .getByRole('button', { name: /^Flute 3, also piccolo, .*: open$/ })
    .first()
    .click();
  const popover = page.getByRole('dialog', { name: /^Flute 3/ });
  await popover.getByRole('combobox', { name: 'Who' }).click();
  await page
    .getByPlaceholder(/Search|Type/)
    .first()
    .fill('Pahud')
    .catch(() => page.keyboard.type('Pahud'));
  await page.getByRole('option', { name: /Emmanuel Pahud/ }).click();
  await popover.getByText('Not among their skills: Piccolo.').waitFor();
  await shot(page, 'seats-7-popover-open');
  await popover.getByRole('button', { name: 'Seat them' }).click();
  await popover.waitFor({ state: 'hidden' });
  const pahud = grid.getByRole('button', { name: /Emmanuel Pahud, seated by hand$/ });
  await pahud.first().waitFor();
  await expect.poll(() => pahud.count()).toBe(4);
  await pahud.first().click();
  await popover.getByText(/seated by hand, since/).waitFor();
  await shot(page, 'seats-7-popover-taken');
  await accessibleEverywhere(page);
  await popover.getByRole('button', { name: 'Take off here' }).click();
  await popover.waitFor({ state: 'hidden' });
  await expect.poll(() => pahud.count()).toBe(3);

  const first = grid.getByRole('button', { name: /^Flute 1, .*Principal flute 1, from the roster$/ });
  await first.first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await expect.poll(focused).toMatch(/^Flute 2, /);
  await page.keyboard.press('End');
  await expect.poll(focused).toMatch(/Concert: Great Hall/);

  const api = stage.app.client(needs);
  const before = await api.grid({ org, params: { id } });
  const seat = before.seats.find(({ name }) => name === 'Principal flute 1');
  const held = await stage.app.client(claims).list({ org, query: { resourceId: seat?.resourceId ?? '' } });
  await stage.app.client(claims).release({ org, body: { claimIds: [held.items[0]?.id ?? ''], reason: 'ill' } });
  await grid.getByRole('button', { name: /^Flute 1, .*: open$/ }).waitFor();
  await page.getByRole('radio', { name: 'Open' }).click();
  await shot(page, 'seats-8-open-only');
  stage.quiet();
}, 300_000);

test('by hand: what no score asks for, changed and removed', async () => {
  const page = await stage.openSignedIn();
  const { items } = await stage.app.client(engagements).list({ org, query: {} });
  await page.goto(`/o/test/engagements/${items[0]?.id}?tab=seats`);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Instrument or skill').fill('Stagehand');
  await dialog.getByLabel('How many').fill('2');
  await dialog.getByRole('radio', { name: 'Some of them' }).click();
  await dialog.getByRole('checkbox').first().uncheck();
  await shot(page, 'seats-10-need-form');
  await accessibleEverywhere(page);
  await dialog.getByRole('button', { name: 'Add what is needed' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const seats = page.getByRole('button', { name: /^Stagehand \d, .*: open$/ });
  await expect.poll(() => seats.count()).toBe(6);
  await page.getByRole('button', { name: 'More for Stagehand' }).click();
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  await dialog.getByLabel('How many').fill('1');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(() => page.getByRole('button', { name: /^Stagehand, .*: open$/ }).count()).toBe(3);
  await page.getByRole('button', { name: 'More for Stagehand' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('Stagehand', { exact: true }).waitFor({ state: 'hidden' });
  stage.quiet();
}, 300_000);

test('on a phone need by need', async () => {
  const page = await stage.openSignedIn(phone);
  const { items } = await stage.app.client(engagements).list({ org, query: {} });
  const id = items[0]?.id ?? '';
  await page.goto(`/o/test/engagements/${id}?tab=seats`);
  await page.getByRole('list', { name: 'Seats' }).waitFor();
  await shot(page, 'seats-9-phone');
  await inTheDark(page, '9-phone');
  await page
    .getByRole('button', { name: /: open$/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Seat them' }).waitFor();
  await shot(page, 'seats-9-phone-seat');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Schedule' }).click();
  await page.getByText('Great Hall').waitFor();
  await shot(page, 'seats-9-phone-schedule');
  await inTheDark(page, '9-phone-schedule');
  await accessibleEverywhere(page);
  const { items: services } = await stage.app.client(timeline).list({ org, params: { id }, query: {} });
  expect(services).toHaveLength(4);
  stage.quiet();
}, 300_000);
