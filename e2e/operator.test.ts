import { expect, test } from 'vitest';
import { addOperator } from '#apps/server/test/operators.ts';
import { addPerson } from '#apps/server/test/people.ts';
import { accessible, phone, useStage } from './browser.ts';

const stage = useStage();

test('an operator finds an organisation, suspends it, and sees the databases', async () => {
  const operator = await addOperator(stage.app);
  await stage.app.addOrganisation('north-hall');
  const page = await stage.openAs(operator.cookie);
  await page.goto('/operator');
  await page.getByRole('searchbox', { name: 'Search organisations' }).fill('north');
  await page.getByRole('link', { name: 'north-hall' }).first().click();
  await page.getByRole('button', { name: 'Suspend' }).click();
  await page.getByLabel('Why').fill('The invoice of March is open');
  await page.getByRole('button', { name: 'Suspend organisation' }).click();
  await page.getByText('The invoice of March is open.').waitFor();
  await accessible(page);
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await page.getByText('Active', { exact: true }).waitFor();
  for (const [link, text] of [
    ['Databases', 'Latency'],
    ['Migrations', 'Newest'],
    ['Operations', 'Nothing was made or moved yet'],
    ['Sign-ins', 'Opal Operator'],
    ['Routing', 'Nothing happened yet'],
    ['Operators’ log', 'suspended'],
  ] as const) {
    await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: link }).click();
    await page.getByText(text).first().waitFor();
    await accessible(page);
  }
  stage.quiet();
});

test('an owner lets support look; the operator sees a banner, and the owner sees the looks', async () => {
  const operator = await addOperator(stage.app);
  const owner = await addPerson(stage.app, { role: 'owner', name: 'Olive Owner' });
  const theirs = await stage.openAs(owner.cookie, phone);
  await theirs.goto('/o/test/settings/support');
  await theirs.getByRole('button', { name: 'Open to support' }).click();
  await theirs.getByLabel('What for').fill('The board shows a hold twice');
  await theirs.getByRole('dialog').getByRole('button', { name: 'Open to support' }).click();
  await theirs.getByText('Nobody has looked.').waitFor();
  await accessible(theirs);

  const page = await stage.openAs(operator.cookie);
  await page.goto('/operator/organisations');
  await page.getByRole('table').getByText('Open to support').waitFor();
  await page.goto('/o/test/contacts');
  await page.getByText('everything you look at is recorded').waitFor();
  await accessible(page);

  await theirs.reload();
  await theirs.getByRole('link', { name: /looks/ }).click();
  await theirs.waitForURL(/actor=support/);
  await theirs.goBack();
  await theirs.getByRole('button', { name: /^End/ }).click();
  await theirs.getByRole('button', { name: 'End access' }).click();
  await theirs.getByText('Ended early').waitFor();
  await expect.poll(() => page.getByText('everything you look at is recorded').count(), { timeout: 15_000 }).toBe(0);
});

test('without a second factor the console says what to do', async () => {
  const page = await stage.openAs((await addOperator(stage.app, null)).cookie, phone);
  await page.goto('/operator');
  await page.getByText('Operators need a second factor').waitFor();
  await accessible(page);
});
