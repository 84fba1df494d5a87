import { beforeAll, expect, test } from 'vitest';
import { claims } from '#features/scheduling/claims/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { accessible, phone, useStage } from './browser.ts';

const stage = useStage();
const org = 'test';
const at = (hour: number) => `2027-03-01T${String(hour).padStart(2, '0')}:00:00.000Z`;
const board = '/o/test/board?at=2027-03-01T08:00:00Z&zoom=hour';

let hall: string;
let studio: string;

beforeAll(async () => {
  const { app } = stage;
  const add = async (name: string) => (await app.client(resources).create({ org, body: { kind: 'place', name } })).id;
  hall = await add('Great Hall');
  studio = await add('Studio One');
  for (const [title, resourceId, from, to] of [
    ['Gala Night', hall, 9, 11],
    ['Rehearsal', hall, 13, 15],
    ['Recording', studio, 9, 11],
  ] as const) {
    const { id } = await app.client(engagements).create({ org, body: { title, startsAt: at(from), endsAt: at(to) } });
    await app.client(claims).place({
      org,
      body: { engagementId: id, claims: [{ resourceId, startsAt: at(from), endsAt: at(to), status: 'commit' }] },
    });
  }
});

const bar = (title: string) => `[role="gridcell"][aria-label*="${title}"]`;

test('dragging a booking into another one says why not, and it snaps back', async () => {
  const page = await stage.openSignedIn();
  await page.goto(board);
  const gala = await page.locator(bar('Gala Night')).first().boundingBox();
  const rehearsal = await page.locator(bar('Rehearsal')).first().boundingBox();
  if (!gala || !rehearsal) throw new Error('The bookings are not on the board.');
  await accessible(page);
  const y = gala.y + gala.height / 2;
  await page.mouse.move(gala.x + gala.width / 2, y);
  await page.mouse.down();
  await page.mouse.move(gala.x + gala.width, y, { steps: 5 });
  await page.mouse.move(rehearsal.x + rehearsal.width / 2, y, { steps: 10 });
  await page.mouse.up();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Great Hall').first().waitFor();
  const said = await dialog.innerText();
  expect(said).toContain('Rehearsal');
  expect(said).toContain('Nothing was changed');
  await accessible(page);
  await page.keyboard.press('Escape');
  const after = await page.locator(bar('Gala Night')).first().boundingBox();
  expect(Math.abs((after?.x ?? 0) - gala.x)).toBeLessThan(3);
  const { items } = await stage.app.client(claims).list({ org, query: { resourceId: hall } });
  expect(items.map(({ startsAt }) => startsAt)).toEqual([at(9), at(13)]);
  stage.quiet();
});

test('a booking dragged to free time is moved, and the other window sees it', async () => {
  const [mine, theirs] = [await stage.openSignedIn(), await stage.openSignedIn()];
  for (const page of [mine, theirs]) {
    await page.goto(board);
    await page.locator(bar('Recording')).first().waitFor();
  }
  const before = await theirs.locator(bar('Recording')).first().boundingBox();
  const box = await mine.locator(bar('Recording')).first().boundingBox();
  if (!box || !before) throw new Error('The booking is not on the board.');
  const y = box.y + box.height / 2;
  await mine.mouse.move(box.x + box.width / 2, y);
  await mine.mouse.down();
  await mine.mouse.move(box.x + box.width * 2.5, y, { steps: 12 });
  await mine.mouse.up();
  const barHandle = theirs.locator(bar('Recording')).first();
  await expect
    .poll(async () => ((await barHandle.boundingBox())?.x ?? 0) - before.x, { timeout: 10_000 })
    .toBeGreaterThan(box.width);
  const { items } = await stage.app.client(claims).list({ org, query: { resourceId: studio } });
  expect(items[0]?.startsAt).not.toBe(at(9));
  stage.quiet();
});

test('on a phone the day is a list that fits the screen', async () => {
  const page = await stage.openSignedIn(phone);
  await page.goto(board);
  await page.getByText('Gala Night').first().waitFor();
  await page.getByText('Great Hall').first().waitFor();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await accessible(page);
  stage.quiet();
});
