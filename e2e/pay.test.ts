import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { addPerson } from '#apps/server/test/people.ts';
import { seatProject } from '#apps/server/test/seated-project.ts';
import { keep } from '#platform/test/shots.ts';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { everyLook, shot } from './shots.ts';

const stage = useStage();

const flutes = ['Marina Piccinini', 'Aurelia Konstantinopoulou-Featherstonehaugh'];
const violins = Array.from({ length: 8 }, (_, index) => `Violinist ${index + 1}`);

async function seated(): Promise<string> {
  const { engagementId } = await stage.app.inTenant((tx) =>
    seatProject(tx, {
      title: 'Mahler 3',
      services: [
        ['First rehearsal', 'rehearsal', '2026-09-01T08:00:00Z', '2026-09-01T10:30:00Z'],
        ['Dress rehearsal', 'dress_rehearsal', '2026-09-02T08:00:00Z', '2026-09-02T10:30:00Z'],
        ['Concert in the Philharmonie, first evening', 'concert', '2026-09-02T18:00:00Z', '2026-09-02T20:00:00Z'],
        ['Second concert', 'concert', '2026-09-03T18:00:00Z', '2026-09-03T20:00:00Z'],
      ],
      needs: [
        { title: 'Principal flute', skill: 'fl', kind: 'principal', people: [flutes[0] ?? null] },
        { title: 'Flute and piccolo', skill: 'fl', doubles: ['picc'], people: [flutes[1] ?? null] },
        { title: 'Harp', skill: 'hp', people: ['Hanna Harfe'], source: 'roster' },
        { title: 'First violin', skill: 'vn1', people: [...violins, null, null] },
        { title: 'Double bass', skill: 'db', people: ['Dora Bass'] },
      ],
    }),
  );
  return engagementId;
}

/** The tests below go on from one another, as a project does. */
let id = '';
beforeAll(async () => {
  id = await seated();
});

test('a pay scale, and what a project will cost by it', async () => {
  const page = await stage.openSignedIn();
  await page.goto(`/o/test/engagements/${id}?tab=pay`);
  await page.getByText('No pay scale yet').waitFor();
  await page.getByRole('link', { name: 'Set up a pay scale' }).click();
  await page.getByRole('button', { name: 'New pay scale' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Extra musicians');
  for (const kind of ['Rehearsal', 'Dress rehearsal', 'Concert'])
    await dialog.getByLabel(`Base of ${kind}`, { exact: true }).fill('120');
  await dialog.getByLabel('Base of Rehearsal', { exact: true }).fill('12O');
  await dialog.getByText('Complete the terms to see it.').waitFor();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByText('Enter an amount.').first().waitFor();
  await dialog.getByLabel('Base of Rehearsal', { exact: true }).fill('120.00');
  await dialog.getByLabel('Another instrument with cartage').click();
  await page.getByRole('option', { name: 'Double bass' }).first().click();
  await dialog.getByRole('textbox', { name: 'Cartage of Double bass' }).fill('25.5');
  // 4 × 120, two quarters at 18, a fifth, and 12 % for the piccolo.
  await dialog.getByText('€669.60').waitFor();
  await everyLook(page, 'pay-1-scale');
  await accessibleEverywhere(page);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('valid today').waitFor();
  await everyLook(page, 'pay-2-scales');
  await accessibleEverywhere(page);

  await page.goto(`/o/test/engagements/${id}?tab=pay`);
  await page.getByRole('radio', { name: 'Estimate' }).click();
  const violin = page.getByRole('listitem').filter({ hasText: 'First violin' });
  await violin.getByText('€960.00 open').waitFor();
  await violin.getByText('First violin').click();
  await everyLook(page, 'pay-3-estimate');
  await accessibleEverywhere(page);

  stage.quiet();
});

test('attendance by the mouse and by keys, and when a service ended', async () => {
  const page = await stage.openSignedIn();
  const dialog = page.getByRole('dialog');
  await page.goto(`/o/test/engagements/${id}?tab=attendance`);
  await page.getByRole('button', { name: /^Violinist 1, First rehearsal.*Present$/ }).click();
  await dialog.getByRole('radio', { name: 'Late' }).check({ force: true });
  await dialog.getByRole('button', { name: 'Note', exact: true }).click();
  await dialog.getByText('How many minutes were missed?').waitFor();
  await everyLook(page, 'pay-4-note');
  await dialog.getByRole('button', { name: '15 minutes' }).click();
  await dialog.getByLabel('Note').fill('Train');
  await dialog.getByRole('button', { name: 'Note', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  const late = page.getByRole('button', { name: /^Violinist 1, First rehearsal.*Late, 15 minutes: Train$/ });
  await late.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('a');
  await page.getByRole('button', { name: /^Violinist 2, First rehearsal.*Absent$/ }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('x');
  await page.getByRole('button', { name: /^Violinist 2, Dress rehearsal.*Excused$/ }).waitFor();
  await page.getByRole('button', { name: /^How it went: Second concert/ }).click();
  await dialog.getByRole('button', { name: 'Ended: another time' }).click();
  await dialog.getByLabel('Ended time').fill('22:40');
  await everyLook(page, 'pay-5-report');
  await accessibleEverywhere(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('actual').waitFor();
  await everyLook(page, 'pay-6-attendance');
  await accessibleEverywhere(page);

  await page.setViewportSize(phone);
  await page.reload();
  await page.getByRole('combobox', { name: 'Services shown' }).click();
  await page.getByRole('option', { name: /Second concert/ }).click();
  await page.getByRole('button', { name: /^Note everybody of First violin/ }).click();
  await dialog.getByText('Left early').click();
  await dialog.getByRole('button', { name: '5 minutes', exact: true }).click();
  await shot(page, 'pay-10-section-phone');
  await dialog.getByRole('button', { name: 'Note all 8' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(() => page.getByText('Left early 5′').count()).toBe(8);
  await shot(page, 'pay-11-attendance-phone');
  stage.quiet();
});

test('the sheet, approved, as a file, and once more with its difference', async () => {
  const page = await stage.openSignedIn();
  const dialog = page.getByRole('dialog');
  await page.goto(`/o/test/engagements/${id}?tab=pay`);
  await page.getByRole('radio', { name: 'Pay sheet' }).click();
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('button', { name }) });
  // 4 × 120 less a tenth of a rehearsal; five minutes over 2½ hours are one quarter.
  await row('Violinist 1').getByText('€486.00').waitFor();
  await row('Violinist 2').getByText('€258.00').waitFor();
  await row('Dora Bass').getByText('€523.50').waitFor();
  await row('Hanna Harfe').getByText('on a salary').waitFor();
  await page.getByRole('button', { name: 'Violinist 1' }).click();
  await page.getByText('15 minutes late').waitFor();
  await page.getByRole('button', { name: 'Adjust', exact: true }).click();
  await dialog.getByRole('textbox', { name: 'Amount' }).fill('14.50');
  await dialog.getByLabel('Reason').fill('Parking at the hall');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await row('Violinist 1').getByText('€500.50').waitFor();
  await everyLook(page, 'pay-7-sheet');
  await accessibleEverywhere(page);

  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await dialog.getByRole('heading', { name: 'Approve revision 1' }).waitFor();
  await everyLook(page, 'pay-8-approve');
  await dialog.getByRole('button', { name: /^Approve/ }).click();
  await page.getByText('As approved in revision 1.').waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV of revision 1' }).click();
  const file = readFileSync(await (await download).path(), 'utf8');
  expect(file).toContain('Violinist 1');
  expect(file).toContain('Adjustment,Parking at the hall,,,,14.5,EUR');

  // What is noted later is a difference, and a further revision.
  await page.getByRole('tab', { name: 'Attendance' }).click();
  await page.getByRole('button', { name: /^Violinist 2, First rehearsal.*Absent$/ }).focus();
  await page.keyboard.press('p');
  await page.getByRole('button', { name: /^Violinist 2, First rehearsal.*Present$/ }).waitFor();
  await page.getByRole('tab', { name: 'Pay', exact: true }).click();
  await page.getByText('Changed since revision 1').waitFor();
  await row('Violinist 2').getByText('was €258.00').waitFor();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await dialog.getByText('€258.00 → €378.00').waitFor();
  await dialog.getByRole('button', { name: /^Approve/ }).click();
  await page.getByText('As approved in revision 2.').waitFor();
  await page.getByRole('button', { name: 'Look at revision 2' }).click();
  await dialog.getByText('1 person gets something else than before.').waitFor();
  await everyLook(page, 'pay-9-approved');
  await accessibleEverywhere(page);
  keep('pay-approved.pdf', await page.pdf());
  await page.keyboard.press('Escape');

  stage.quiet();
});

test('who plays sees what they got', async () => {
  const crew = await addPerson(stage.app, { role: 'crew', name: 'Aurelia' });
  await stage.app.inTenant((tx) =>
    tx.query('update resources set user_id = $3 where org_id = $1 and name = $2', [
      stage.app.org.id,
      flutes[1],
      crew.userId,
    ]),
  );
  const page = await stage.open(phone);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(crew.email);
  await page.getByLabel('Password').fill(crew.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/o\/test\//);
  await page.goto('/o/test/my-pay');
  await page.getByText('Mahler 3').click();
  await page.getByText('Piccolo: 12 % of €480.00').waitFor();
  await everyLook(page, 'pay-12-mine');
  await accessibleEverywhere(page);
  await page.goto(`/o/test/engagements/${id}?tab=attendance`);
  await page.getByText('Aurelia Konst').waitFor();
  expect(await page.getByText('Violinist 1').count()).toBe(0);
  stage.quiet();
});
