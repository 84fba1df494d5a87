import { expect, test } from 'vitest';
import { needs } from '#features/calls/needs/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();
const org = 'test';

/** A show next month that wants one technician, and two who might come. */
async function prepare() {
  const { client } = stage.app;
  const at = (hour: number) => {
    const date = new Date(Date.now() + 30 * 86_400_000);
    date.setUTCHours(hour, 0, 0, 0);
    return date.toISOString();
  };
  const show = await client(engagements).create({
    org,
    body: { title: 'Open house', startsAt: at(8), endsAt: at(20) },
  });
  const params = { id: show.id };
  await client(timeline).create({ org, params, body: { kind: 'concert', startsAt: at(17), endsAt: at(19) } });
  await client(needs).create({ org, params, body: { title: 'Light', skill: 'Light', kind: 'section', quantity: 1 } });
  const skills = [{ skill: 'Light', level: 3 }];
  const lena = { kind: 'person' as const, name: 'Lena Lampe', email: 'lena@example.com', skills };
  await client(resources).create({ org, body: lena });
  const max = await client(resources).create({ org, body: { ...lena, name: 'Max Moll', email: null } });
  return { show, max };
}

test('without a mail server the office is told whom it did not reach, and hands on the link', async () => {
  const page = await stage.openSignedIn();
  const { show, max } = await prepare();
  const dialog = page.getByRole('dialog');
  await page.goto(`/o/test/engagements/${show.id}?tab=seats`);
  await page.getByRole('button', { name: 'Call for Light' }).click();
  for (const name of ['Lena Lampe', 'Max Moll']) {
    await dialog.getByRole('combobox', { name: 'Add somebody' }).click();
    await page.getByRole('option', { name: new RegExp(name) }).click();
    await dialog.getByRole('button', { name: `Take ${name} off` }).waitFor();
  }
  await dialog.getByText('nobody gets these calls by mail').waitFor();
  await dialog.getByLabel('Quiet from').fill('00:00');
  await dialog.getByLabel('Quiet until').fill('00:00');
  await shot(page, 'no-mail-1-start');
  await page.setViewportSize(phone);
  await shot(page, 'no-mail-1-start-phone');
  await accessibleEverywhere(page);
  await dialog.getByRole('button', { name: 'Start calling' }).click();
  await page.waitForURL(/tab=calls/);
  const card = page.getByRole('article', { name: 'Light' });
  await card.getByText('1 not reached').waitFor();
  await card.getByText('not mailed').waitFor();
  await shot(page, 'no-mail-2-card');
  await accessibleEverywhere(page);

  await card.getByRole('button', { name: 'Lena Lampe' }).click();
  await dialog.getByRole('button', { name: 'More…' }).click();
  await page.getByRole('menuitem', { name: 'Show their link…' }).click();
  const link = page.getByRole('textbox', { name: 'Link for Lena Lampe' });
  await link.waitFor();
  await shot(page, 'no-mail-3-link');
  await accessibleEverywhere(page);
  const lena = await stage.open(phone);
  await lena.goto(await link.inputValue());
  await lena.getByRole('heading', { name: 'Open house' }).waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.keyboard.press('Escape');
  await card.getByText('1 not reached').waitFor({ state: 'hidden' });
  await lena.getByRole('button', { name: 'Decline…' }).click();
  await lena.getByLabel('I am engaged elsewhere').check();
  await lena.getByRole('button', { name: 'Decline', exact: true }).click();

  // The other has no address, until somebody finds it.
  await card.getByText('Nobody left').waitFor();
  await card.getByText('has no e-mail address').waitFor();
  const email = 'max@example.com';
  await stage.app.client(resources).change({ org, params: { id: max.id }, body: { version: max.version, email } });
  await card.getByRole('button', { name: 'More about the calls for Light' }).click();
  await shot(page, 'no-mail-4-menu');
  await page.getByRole('menuitem', { name: 'Look again at who was passed over' }).click();
  await card.getByText('1 not reached').waitFor();

  await page.goto('/o/test/audit');
  await page.getByText('took the link to answer a call').waitFor();
  expect(await page.getByText('took the link to answer a call').count()).toBe(1);
  stage.quiet();
});
