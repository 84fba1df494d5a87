import { expect, test } from 'vitest';
import { engagements } from '#features/engagements/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { travel } from '#features/engagements/travel/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();
const org = 'test';
const names = [
  'Anna Berg',
  'Bo Li',
  'Cem Aydın',
  'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh',
];

async function gala() {
  const { app } = stage;
  const series = await app.client(engagements).createSeries({ org, body: { name: 'Spring tour' } });
  const times = { startsAt: '2029-05-01T14:00:00.000Z', endsAt: '2029-05-01T21:00:00.000Z' };
  const show = await app.client(engagements).create({ org, body: { title: 'Lisbon', seriesId: series.id, ...times } });
  const people: string[] = [];
  for (const name of names) {
    const { id } = await app.client(resources).create({ org, body: { kind: 'person', name } });
    people.push(id);
    await app
      .client(claims)
      .place({ org, body: { engagementId: show.id, claims: [{ resourceId: id, status: 'commit', ...times }] } });
  }
  await app.client(timeline).create({
    org,
    params: { id: show.id },
    body: { kind: 'load_in', startsAt: '2029-05-01T14:00:00.000Z', endsAt: '2029-05-01T16:00:00.000Z' },
  });
  return { show, series };
}

test('legs, rooms and per diems, with what is in the way, live for two', async () => {
  const { show, series } = await gala();
  const page = await stage.openSignedIn();
  await page.goto(`/o/test/engagements/${show.id}?tab=travel`);
  await page.getByText('No travel is planned yet').waitFor();
  const dialog = page.getByRole('dialog');

  await page.getByRole('button', { name: 'Add leg' }).click();
  await dialog.getByLabel('By', { exact: true }).click();
  await page.getByRole('option', { name: 'Flight' }).click();
  await dialog.getByLabel('Carrier').fill('Lufthansa');
  await dialog.getByLabel('Number', { exact: true }).fill('LH 96');
  await dialog.getByLabel('From', { exact: true }).fill('Munich, Terminal 2');
  await dialog.getByLabel('To', { exact: true }).fill('Lisbon');
  await dialog.getByLabel('Departs date').fill('2029-05-01');
  await dialog.getByLabel('Departs time').fill('12:00');
  await dialog.getByLabel('Arrives date').fill('2029-05-01');
  await dialog.getByLabel('Arrives time').fill('11:00');
  await dialog.getByLabel('Confirmation number').fill('ABC123');
  await dialog.getByRole('button', { name: 'Add leg' }).click();
  await dialog.getByText('It must arrive after it departs.').waitFor();
  await shot(page, 'travel-1-refused');
  await dialog.getByLabel('Arrives time').fill('15:30');
  await dialog.getByLabel('Anna Berg').check();
  await dialog.getByLabel('Bo Li').check();
  await shot(page, 'travel-2-leg');
  await dialog.getByRole('button', { name: 'Add leg' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText(/Anna Berg and Bo Li arrive with Lufthansa LH 96 only 30 minutes before Load-in/).waitFor();
  await page.getByText(/Cem Aydın and Hubert .* are on no leg/).waitFor();

  // Seats are saved where they stand, and another looks on.
  const second = await stage.openSignedIn(phone);
  await second.goto(`/o/test/engagements/${show.id}?tab=travel`);
  await page.getByRole('button', { name: 'Lufthansa LH 96, Munich, Terminal 2 → Lisbon' }).click();
  await dialog.getByLabel('Seat of Anna Berg').fill('12A');
  await dialog.getByLabel('Cem Aydın').check();
  await second.getByText('Anna Berg (12A), Bo Li, Cem Aydın').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'Add hotel' }).click();
  await dialog.getByLabel('Hotel', { exact: true }).fill('Hotel Astra');
  await dialog.getByLabel('Address').fill('Rua Augusta 1, Lisbon');
  await dialog.getByLabel('Telephone').fill('+351 21 000 00 00');
  await dialog.getByLabel('Confirmed', { exact: true }).check();
  await dialog.getByRole('button', { name: 'Add hotel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Rooms', exact: true }).click();
  await dialog.getByLabel('How many').fill('2');
  await dialog.getByLabel('Kind').click();
  await page.getByRole('option', { name: 'Twin' }).click();
  await dialog.getByRole('button', { name: 'Add rooms' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const rooms = page.getByRole('list', { name: 'Rooms in Hotel Astra' });
  for (const name of ['Anna Berg', 'Bo Li']) {
    await rooms.getByRole('button', { name: 'Put somebody into Twin' }).first().click();
    await page.getByRole('menuitem', { name }).click();
    await rooms.getByText(name, { exact: true }).waitFor();
  }
  await page.getByText(/Without a room here: Cem Aydın, Hubert/).waitFor();
  await rooms.getByLabel('Number of the room Twin').first().fill('204');
  await rooms.getByLabel('Number of the room Twin').first().press('Enter');
  await second.getByLabel('Number of the room Twin 204').waitFor();

  await page.getByRole('button', { name: 'Set per diems' }).click();
  await dialog.getByLabel('A day').fill('45');
  await dialog.getByRole('button', { name: 'Set per diems' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const diems = page.getByRole('list', { name: 'Per diems' });
  await diems.getByText('Anna Berg').click();
  await diems.getByRole('checkbox', { name: /^Anna Berg/ }).click();
  await diems.getByText('Paid', { exact: true }).first().waitFor();
  await page.getByRole('heading', { name: 'Travel', exact: true }).scrollIntoViewIfNeeded();
  await shot(page, 'travel-3-tab');
  await accessibleEverywhere(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'travel-4-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await shot(second, 'travel-5-phone');
  await second.getByRole('list', { name: 'Hotels' }).scrollIntoViewIfNeeded();
  await shot(second, 'travel-6-phone-hotels');

  // The next show of the tour, a week later.
  const next = await stage.app.client(engagements).create({
    org,
    body: {
      title: 'Porto',
      seriesId: series.id,
      startsAt: '2029-05-08T14:00:00.000Z',
      endsAt: '2029-05-08T21:00:00.000Z',
    },
  });
  await page.goto(`/o/test/engagements/${next.id}?tab=travel`);
  await page.getByRole('button', { name: 'More about travel' }).click();
  await page.getByRole('menuitem', { name: /Copy from another/ }).click();
  await dialog.getByLabel('From', { exact: true }).click();
  await page.getByRole('option', { name: /Lisbon/ }).click();
  await expect.poll(() => dialog.getByLabel('Days later').inputValue()).toBe('7');
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await page.getByText('Copied 1 leg and 1 hotel', { exact: true }).first().waitFor();
  const copied = await stage.app.client(travel).get({ org, params: { id: next.id } });
  expect(copied.legs).toMatchObject([{ confirmation: '', travellers: [{}, {}, {}] }]);
  expect(copied.hotels).toMatchObject([{ checkInOn: '2029-05-08' }]);

  await page.goto('/o/test/series');
  await page.getByRole('link', { name: 'Travel of Spring tour' }).click();
  await page.getByRole('heading', { name: 'Travel: Spring tour' }).waitFor();
  await page.getByRole('link', { name: 'Porto' }).waitFor();
  await shot(page, 'travel-7-tour');
  await accessibleEverywhere(page);

  // Who travels finds their own things in one place.
  const { app } = stage;
  const olga = await app.databases.control
    .selectFrom('users')
    .select('id')
    .where('email', '=', 'olga@example.com')
    .executeTakeFirstOrThrow();
  await app.inTenant((tx) =>
    tx.query("update resources set user_id = $2 where org_id = $1 and name = 'Anna Berg'", [app.org.id, olga.id]),
  );
  await second.goto('/o/test/my-travel');
  await second.getByText('ABC123').waitFor();
  await second.getByRole('link', { name: 'Porto' }).waitFor();
  await second.getByText('Bo Li', { exact: true }).first().waitFor();
  await expect.poll(() => second.getByText('Twin', { exact: true }).count()).toBe(2);
  await shot(second, 'travel-8-mine-phone');
  await accessibleEverywhere(second);
  stage.quiet();
});
