import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addPerson } from '#apps/server/test/people.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { accessible, phone, useStage, wide } from './browser.ts';
import { shot } from './shots.ts';

const stage = useStage();

async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

test('an owner keeps bank details of a person: masked, shown for a look, corrected', async () => {
  const api = stage.app.client(resources);
  const { id } = await api.create({ org: 'test', body: { kind: 'person', name: 'Ada Lo' } });
  const page = await stage.openSignedIn();
  await page.goto(`/o/test/resources/${id}`);
  await page.getByRole('tab', { name: 'Personal' }).click();
  const bank = page.getByRole('region', { name: 'Identity and bank' });
  await bank.getByText('Nothing is known.').waitFor();
  await shot(page, 'personal-data-empty', true);
  await accessible(page);

  await bank.getByRole('button', { name: 'Edit Identity and bank' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Legal name').fill('Adelaide Louise Lo');
  await dialog.getByLabel('IBAN or account number').fill('DE89 3704 0044 0532 0130 01');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('The check digits of this IBAN are wrong.').waitFor();
  await shot(page, 'personal-data-wrong-iban', true);
  await accessible(page);
  await dialog.getByLabel('IBAN or account number').fill('DE89 3704 0044 0532 0130 00');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });

  await bank.getByText('•••• 3000').waitFor();
  expect(await bank.textContent()).not.toContain('Adelaide');
  await shot(page, 'personal-data-masked', true);
  await bank.getByRole('button', { name: 'Show IBAN or account' }).click();
  await bank.getByText('DE89 3704 0044 0532 0130 00').waitFor();
  await bank.getByRole('button', { name: 'Hide' }).click();
  await bank.getByRole('button', { name: 'Show all' }).click();
  await bank.getByText('Adelaide Louise Lo').waitFor();
  await shot(page, 'personal-data-shown', true);
  await accessible(page);

  await page.getByRole('button', { name: 'Erase personal details' }).click();
  await shot(page, 'personal-data-erase-details', true);
  await page.getByRole('dialog').getByRole('button', { name: 'Erase' }).click();
  await bank.getByText('Nothing is known.').waitFor();
  const looks = await stage.app.inTenant((tx) =>
    tx.query(`select from changes where org_id = $1 and entity_id = $2 and operation = 'looked'`, [tx.scope.orgId, id]),
  );
  expect(looks).toHaveLength(2);
  stage.quiet();
});

test('on a phone, in the dark: one’s own details; others’ are closed', async () => {
  const api = stage.app.client(resources);
  const own = await api.create({
    org: 'test',
    body: { kind: 'person', name: 'Bartholomew Featherstonehaugh-Cholmondeley' },
  });
  const other = await api.create({ org: 'test', body: { kind: 'person', name: 'Cy' } });
  const member = await addPerson(stage.app, { role: 'staff', name: 'Bart' });
  await stage.app.inTenant((tx) =>
    tx.query('update resources set user_id = $3 where org_id = $1 and id = $2', [
      tx.scope.orgId,
      own.id,
      member.userId,
    ]),
  );
  const page = await stage.open(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  await signIn(page, member);
  await page.goto(`/o/test/resources/${own.id}`);
  await page.getByRole('tab', { name: 'Personal' }).click();
  const emergency = page.getByRole('region', { name: 'In an emergency' });
  await emergency.getByRole('button', { name: 'Edit In an emergency' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Whom to call').fill('Wilhelmina Featherstonehaugh-Cholmondeley');
  await dialog.getByLabel('Phone').fill('+44 20 7946 0000');
  await dialog
    .getByLabel('Health and diet')
    .fill('Allergic to hazelnuts.\nCarries an adrenaline pen in the violin case.');
  await shot(page, 'personal-data-phone-edit', true);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await emergency.getByRole('button', { name: 'Show all' }).click();
  await emergency.getByText('adrenaline pen').waitFor();
  await shot(page, 'personal-data-phone-own', true);
  await accessible(page);
  await page.goto(`/o/test/resources/${other.id}`);
  await page.getByRole('tab', { name: 'Personal' }).click();
  await page.getByText('Only owners see identity and bank details of others.').waitFor();
  await shot(page, 'personal-data-phone-refused', true);
  await accessible(page);
  stage.quiet();
});

test('a person takes their data along, and ends their account', async () => {
  const member = await addPerson(stage.app, { role: 'staff', name: 'Leaving' });
  const page = await stage.open(wide);
  await signIn(page, member);
  await page.goto('/account');
  const section = page.getByRole('region', { name: 'Your data' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    section.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^holdfast-\d{4}-\d\d-\d\d\.json$/);
  await section.scrollIntoViewIfNeeded();
  await shot(page, 'personal-data-your-data', true);
  await section.getByRole('button', { name: 'Erase account' }).click();
  const dialog = page.getByRole('dialog');
  const erase = dialog.getByRole('button', { name: 'Erase account' });
  expect(await erase.isDisabled()).toBe(true);
  await dialog.getByLabel('Type your e-mail address').fill(member.email.toUpperCase());
  await shot(page, 'personal-data-erase-account', true);
  await accessible(page);
  await erase.click();
  await page.waitForURL(/\/sign-in\?why=erased/);
  await page.getByText('Your account is erased').waitFor();
  await page.goto('/account');
  await page.waitForURL(/\/sign-in/);
  stage.quiet();
});

test('the only owner is told what to do first', async () => {
  const org = await stage.app.addOrganisation('concert-house');
  const owner = await addPerson(stage.app, { role: 'owner', org, name: 'Sole' });
  const page = await stage.open(phone);
  await signIn(page, owner);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Erase account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Type your e-mail address').fill(owner.email);
  await dialog.getByRole('button', { name: 'Erase account' }).click();
  await dialog.getByRole('link', { name: 'Open the settings of concert-house' }).waitFor();
  await shot(page, 'personal-data-phone-last-owner', true);
  await accessible(page);
  stage.quiet();
});
