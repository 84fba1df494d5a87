import { QueryClient } from '@tanstack/react-query';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { plant } from '#apps/server/test/canaries.ts';
import { addOperator } from '#apps/server/test/operators.ts';
import { createAppRouter } from '#apps/web/router.ts';
import { phone, useStage, wide } from './browser.ts';
import { tabThrough } from './keyboard.ts';
import { fits } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();

/** Names as long as the longest in real rosters, and nowhere to break them. */
const longName = 'Donaudampfschifffahrtsgesellschaft';

/** Screens that a link leads to which somebody got by mail; their own journeys open them. */
const byLink = /\$token|\/link$|^\/invitation$|^\/sign-in\/with\//;

/** What stands for `$id` of a screen, by what comes before it. */
const idOf: Readonly<Record<string, string>> = {
  engagements: 'engagement',
  series: 'series',
  inquiries: 'inquiry',
  resources: 'person',
  contacts: 'party',
  lists: 'list',
  forms: 'form',
};

/** The addresses of all screens, with a planted thing for each `$id`. */
async function addresses(ids: Readonly<Record<string, string>>): Promise<{ all: string[]; operators: string[] }> {
  const filled = Object.keys(createAppRouter(new QueryClient()).routesByPath)
    .filter((path) => !byLink.test(path))
    .map((path) =>
      path
        .replace('/forms/$org/$slug', '/forms/test/no-such-form')
        .replace('/o/$org', '/o/test')
        .replace('operator/organisations/$id', `operator/organisations/${stage.app.org.id}`)
        .replace(/([a-z]+)\/\$id/, (_, of: string) => `${of}/${ids[idOf[of] ?? ''] ?? '$id'}`)
        .replace('$part', 'organisation'),
    );
  expect(
    filled.filter((path) => path.includes('$')),
    'screens with an id that nobody says',
  ).toEqual([]);
  return {
    all: filled.filter((path) => !path.startsWith('/operator')),
    operators: filled.filter((path) => path.startsWith('/operator')),
  };
}

const seen = new Set<string>();

/** It can be read; every control is reached by Tab and shows that it is; nothing is wider than a phone. @returns what is wrong */
async function faultsOf(page: Page, address: string): Promise<string[]> {
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  // Some addresses lead to another screen.
  if (seen.has(page.url())) return [];
  seen.add(page.url());
  const faults = await tabThrough(page);
  if ((await page.getByRole('button', { name: 'Try again' }).count()) > 0) faults.push('it could not be read');
  const name = `screen-${address.replaceAll(/[0-9a-f-]{36}/g, 'one').replaceAll(/[^a-z0-9]+/g, '-')}`;
  await shot(page, `${name}-wide`);
  await page.setViewportSize(phone);
  await shot(page, `${name}-phone`, true);
  await fits(page).catch((error: unknown) => faults.push(String(error)));
  return faults.map((fault) => `${address}: ${fault}`);
}

test('every screen is worked by the keyboard alone, and fits a phone, whatever the names', async () => {
  const { app } = stage;
  const signedIn = await stage.openSignedIn();
  const ids = await plant(app, app.org.id, longName);
  await app.databases.control
    .updateTable('organisations')
    .set({ packs: ['orchestra', 'touring', 'venue'] })
    .execute();
  const { all, operators } = await addresses(ids);
  // Lists load on more slowly than anybody presses Tab.
  await signedIn.route(/[?&]after=/, async (route) => {
    await setTimeout(1000);
    await route.continue();
  });
  const faults: string[] = [];
  for (const address of all) faults.push(...(await faultsOf(signedIn, address)));

  await signedIn.setViewportSize(wide);
  await signedIn.goto(`/o/test/engagements/${ids['engagement'] ?? ''}`);
  await signedIn.waitForLoadState('networkidle');
  const tabs = await signedIn
    .getByRole('tab')
    .evaluateAll((found) => found.map(({ id }) => /trigger-(.+)$/.exec(id)?.[1]));
  await signedIn.goto('/o/test/settings/organisation');
  await signedIn.waitForLoadState('networkidle');
  const parts = await signedIn
    .getByRole('navigation', { name: 'Settings' })
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  expect(Math.min(tabs.length, parts.length)).toBeGreaterThan(10);
  for (const tab of tabs)
    faults.push(...(await faultsOf(signedIn, `/o/test/engagements/${ids['engagement'] ?? ''}?tab=${tab ?? ''}`)));
  for (const part of parts) faults.push(...(await faultsOf(signedIn, part)));

  const operator = await stage.openAs((await addOperator(app)).cookie);
  for (const address of operators) faults.push(...(await faultsOf(operator, address)));
  expect(faults).toEqual([]);
}, 600_000);
