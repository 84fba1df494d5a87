import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { engagements } from '#features/engagements/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { history } from '#features/history/contract.ts';
import { sealChanges } from '#features/history/server/seals.ts';
import { accessible, phone, useStage } from './browser.ts';

const stage = useStage();
const org = 'test';
const evening = { startsAt: '2027-03-01T18:00:00.000Z', endsAt: '2027-03-01T21:00:00.000Z' };
let id: string;

beforeAll(async () => {
  const { app } = stage;
  const hall = (await app.client(resources).create({ org, body: { kind: 'place', name: 'Great Hall' } })).id;
  const ada = (
    await app.client(resources).create({ org, body: { kind: 'person', name: 'Ada', email: 'ada@example.com' } })
  ).id;
  id = (await app.client(engagements).create({ org, body: { title: 'Gala', ...evening } })).id;
  const agent = await app.client(parties).create({ org, body: { name: 'Ann Agent' } });
  await app.client(engagements).addParty({ org, params: { id }, body: { partyId: agent.id, role: 'agent' } });
  await app.client(claims).place({
    org,
    body: {
      engagementId: id,
      claims: [hall, ada].map((resourceId) => ({ resourceId, status: 'hold' as const, ...evening })),
    },
  });
  await app
    .client(engagements)
    .change({ org, params: { id }, body: { version: 1, title: 'Gala Night', notes: 'Black tie' } });
  await app
    .client(history, 'staff')
    .list({ org, query: {} })
    .catch(() => undefined);
  await sealChanges(app.databases, app.org.id, app.inTenant);
});

/** Looked at by a person when `SHOTS` names a folder. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png` });
}

async function inTheDark(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, `${name}-dark`);
  await accessible(page);
  await page.emulateMedia({ colorScheme: 'light' });
}

test('the trail tells who did what; filters stay in the address; the seals are verified', async () => {
  const page = await stage.openSignedIn();
  await page.getByRole('link', { name: 'Audit trail' }).click();
  await page.getByText('renamed the concert from “Gala” to “Gala Night”').waitFor();
  await shot(page, 'audit');
  await accessible(page);
  await inTheDark(page, 'audit');
  await page.getByRole('button', { name: /Details: .* renamed the concert/ }).click();
  await page.getByRole('cell', { name: 'Black tie' }).waitFor();
  await shot(page, 'audit-open');
  await accessible(page);
  await page.getByRole('button', { name: 'Its whole history' }).click();
  await page.waitForURL(/record=/);
  await page.getByText('created the concert').waitFor();
  await expect.poll(() => page.getByText('placed a').count()).toBe(0);
  await page.goto(`/o/test/audit?operation=denied`);
  await page.getByText('tried GET /history and was refused').waitFor();
  await shot(page, 'audit-denied');
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText(/^Verified: .* are as they were written/).waitFor();
  stage.quiet();
});

test('one looks at a concert as it was, comes back, and undoes a change', async () => {
  const page = await stage.openSignedIn();
  await page.goto(`/o/test/engagements/${id}`);
  await page.getByRole('tab', { name: 'Record' }).click();
  await shot(page, 'history');
  await page.getByRole('button', { name: /^Go back: added Ann Agent/ }).click();
  await shot(page, 'history-menu');
  await page.getByRole('menuitem', { name: 'As it was right after this' }).click();
  await page.getByText(/^As it was on/).waitFor();
  await page.getByRole('heading', { name: 'Gala', exact: true }).waitFor();
  await page.getByText('Nothing was held or booked for it.').waitFor();
  await shot(page, 'as-of');
  await accessible(page);
  await inTheDark(page, 'as-of');
  await page.getByRole('link', { name: 'Back to now' }).click();
  await page.getByRole('button', { name: /^Go back: renamed it/ }).click();
  await page.getByRole('menuitem', { name: 'Undo this' }).click();
  await page.getByText('Undone', { exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Gala', exact: true }).waitFor();
  await page.getByRole('button', { name: /^Go back: renamed it from “Gala” to “Gala Night”/ }).click();
  await page.getByRole('menuitem', { name: 'Undo this' }).click();
  await page.getByText(/^Since then .* were changed by Olga Owner/).waitFor();
  await shot(page, 'undo-refused');
  stage.quiet();
});

test('both on a phone', async () => {
  const page = await stage.openSignedIn(phone);
  await page.goto('/o/test/audit');
  await page.getByText('tried GET /history and was refused').first().waitFor();
  await shot(page, 'audit-phone');
  await accessible(page);
  await page
    .getByRole('button', { name: /Details: .* renamed the concert/ })
    .first()
    .click();
  await shot(page, 'audit-phone-open');
  await page.getByRole('button', { name: 'Filters' }).click();
  await shot(page, 'audit-phone-filters');
  const { items } = await stage.app.client(history).list({ org, query: { engagementId: id } });
  const placed = items.find(({ entity, operation }) => entity === 'claims' && operation === 'insert');
  await page.goto(`/o/test/engagements/${id}?at=${placed?.at}`);
  await page.getByText('Great Hall').first().waitFor();
  await shot(page, 'as-of-phone');
  await accessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
  stage.quiet();
});
