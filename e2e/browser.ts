import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { once } from 'node:events';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFailed } from 'vitest';
import { findChromium } from '#platform/test/chromium.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { createUser } from '#features/identity/server/commands.ts';

export const wide = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

export interface Stage {
  app: TestApp;
  browser: Browser;
  /** A window of its own, with its own cookies. Errors in its console fail `quiet()`. */
  open(size?: { width: number; height: number }): Promise<Page>;
  /** A window in which the owner of `test` is signed in. */
  openSignedIn(size?: { width: number; height: number }): Promise<Page>;
  /** A window with the session that a cookie stands for. */
  openAs(cookie: string, size?: { width: number; height: number }): Promise<Page>;
  /** Fails when a page complained: script errors, refused styles, failed requests. */
  quiet(): void;
}

const owner = { name: 'Olga Owner', email: 'olga@example.com', password: 'correct horse battery' };

/**
 * The whole application in a real browser, for all tests of a file. Its origin is http://localhost: passkeys and
 * sign-in providers want a name and a port that are known beforehand.
 * @param settings environment to add, or what makes it for the application's origin
 */
export function useStage(settings: NodeJS.ProcessEnv | ((origin: string) => Promise<NodeJS.ProcessEnv>) = {}): Stage {
  const stage = {} as Stage;
  const complaints: string[] = [];
  beforeAll(async () => {
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const env = typeof settings === 'function' ? await settings(origin) : settings;
    stage.app = await startTestApp({ HOLDFAST_ROLES: 'api,worker', PORT: String(port), ...env });
    stage.browser = await chromium.launch({
      executablePath: findChromium() ?? 'chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    });
    stage.open = async (size = wide) =>
      // Nobody watches: what moves would only be waited for.
      listen(await stage.browser.newContext({ viewport: size, baseURL: origin, reducedMotion: 'reduce' }), complaints);
    stage.openSignedIn = async (size = wide) => {
      await ensureOwner(stage.app);
      const page = await stage.open(size);
      await page.goto('/sign-in');
      await page.getByLabel('E-mail').fill(owner.email);
      await page.getByLabel('Password').fill(owner.password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.waitForURL(/\/o\/test\//);
      return page;
    };
    stage.openAs = async (cookie, size = wide) => {
      const page = await stage.open(size);
      const cookies = cookie.split('; ').map((pair) => {
        const at = pair.indexOf('=');
        return { name: pair.slice(0, at), value: pair.slice(at + 1), domain: 'localhost', path: '/' };
      });
      await page.context().addCookies(cookies);
      return page;
    };
    stage.quiet = () => {
      expect(complaints).toEqual([]);
      complaints.length = 0;
    };
  });
  afterAll(async () => {
    await stage.browser.close();
    await stage.app.stop();
  });
  return stage;
}

async function listen(context: BrowserContext, complaints: string[]): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  onTestFailed(async () => {
    if (!page.isClosed()) await page.screenshot({ path: path.join(os.tmpdir(), `holdfast-failed-${Date.now()}.png`) });
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // The browser itself notes each answer that isn't 2xx; journeys ask for some of them on purpose.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  return page;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

async function ensureOwner({ databases, org }: TestApp): Promise<void> {
  const known = await databases.control
    .selectFrom('users')
    .select('id')
    .where('email', '=', owner.email)
    .executeTakeFirst();
  if (known) return;
  const id = await createUser(databases.control, owner);
  await databases.control
    .insertInto('memberships')
    .values({ organisation_id: org.id, user_id: id, role: 'owner' })
    .execute();
}

/** No fault that axe calls serious or critical. One that goes by itself was seen while colours were on their way. */
export async function accessible(page: Page): Promise<void> {
  for (let looks = 1; ; looks++) {
    const grave = await graveFaults(page);
    if (grave.length === 0) return;
    if (looks === 3) expect(grave).toEqual([]);
  }
}

async function graveFaults(page: Page): Promise<string[]> {
  await page.evaluate(async () => {
    // Another size or scheme comes with the next frame, and begins to change colours in the one after;
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
    // a colour on its way to another has a contrast of its own for a moment.
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
  });
  const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
  const { violations } = await axe.analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`);
}
