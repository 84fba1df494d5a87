import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lists } from '#features/calls/lists/contract.ts';
import { withClient } from '#platform/test/connection.ts';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();

test('reports: nobody called, then who was asked how often and how they answered, as CSV too', async () => {
  const page = await stage.openSignedIn();
  await page.goto('/o/test/reports');
  await page.getByRole('heading', { name: 'Nobody was called' }).waitFor();
  await page.getByRole('tab', { name: 'Response times' }).click();
  await page.getByRole('heading', { name: 'No answers to measure' }).waitFor();
  await shot(page, 'reports-1-nothing');
  await plantCalls();

  await page.goto('/o/test/reports');
  await page.getByRole('heading', { name: 'First violin, section' }).waitFor();
  await page.getByText('58 calls, 2 of 30 not asked').waitFor();
  const rows = page.getByRole('table', { name: 'First violin, section' }).getByRole('row');
  await expect.poll(() => rows.count()).toBe(26);
  await page.getByRole('button', { name: 'Show all 30' }).click();
  await expect.poll(() => rows.count()).toBe(31);
  await page.getByRole('button', { name: 'Show fewer' }).click();
  await shot(page, 'reports-2-fairness');
  await accessibleEverywhere(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const file = await (await download).path();
  expect(readFileSync(file, 'utf8').split('\r\n')).toHaveLength(32);

  await page.getByRole('combobox', { name: 'Skill' }).click();
  await page.keyboard.type('oboe');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Nobody was called' }).waitFor();
  await page.getByRole('button', { name: 'Clear Skill' }).click();
  await page.getByRole('tab', { name: 'Response times' }).click();
  await page.getByRole('heading', { name: 'By hour of sending' }).waitFor();
  await shot(page, 'reports-3-times');
  await accessibleEverywhere(page);
  await page.setViewportSize(phone);
  await shot(page, 'reports-4-times-phone');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('tab', { name: 'Fairness' }).click();
  await page.getByRole('heading', { name: 'First violin, section' }).waitFor();
  await shot(page, 'reports-5-fairness-phone-dark');
  stage.quiet();
});

/** Thirty violinists on an A list and a B list, called as such lists are: those in front more often. */
async function plantCalls(): Promise<void> {
  const { app } = stage;
  const org = app.org.id;
  await withClient(app.adminUrl.tenant, async (client) => {
    await client.query("select set_config('app.actor', 'command', false)");
    await client.query(
      `insert into resources (org_id, id, kind, name, zone, external_ref)
       select $1, gen_random_uuid(), 'person', (array['Ada', 'Béla', 'Cosima', 'Dmitri', 'Elif'])[1 + n % 5] || ' '
              || (array['Konstantinopoulou-Featherstonehaugh', 'Berg', 'Moreau', 'Okafor', 'Novák', 'Lindqvist'])[1 + n % 6], 'UTC', n
         from generate_series(1, 30) n`,
      [org],
    );
    await client.query(
      `insert into engagements (org_id, id, title, pack, stage, zone, starts_at, ends_at)
       values ($1, gen_random_uuid(), 'Gala', 'orchestra', 'confirmed', 'UTC', now() - interval '20 days', now() - interval '1 day')`,
      [org],
    );
    await client.query(
      `insert into needs (org_id, id, engagement_id, skill, title, kind, quantity, source)
       select org_id, gen_random_uuid(), id, 'vn1', 'Violins ' || n, 'section', 4, 'hand'
         from engagements, generate_series(1, 4) n where org_id = $1`,
      [org],
    );
    await client.query(
      `insert into cascades (org_id, id, engagement_id, need_id, strategy, deadline_minutes, state, started_by, fee_minor, fee_currency)
       select org_id, gen_random_uuid(), engagement_id, id, 'one', 1440, 'done', 'command', 12000, 'EUR' from needs where org_id = $1`,
      [org],
    );
    await client.query(
      `insert into calls (org_id, id, cascade_id, need_id, engagement_id, resource_id, place, grade, state, reason, sent_at, deadline_at, answered_at)
       select c.org_id, gen_random_uuid(), c.id, c.need_id, c.engagement_id, p.id, n, case when n < 12 then 'A' else 'B' end, outcome,
              case outcome when 'declined' then 'engaged' end, at, at + interval '1 day',
              case when outcome <> 'expired' then at + n * interval '25 minutes' end
         from (select *, row_number() over (order by id) as k from cascades where org_id = $1) c
         join resources p on p.org_id = c.org_id and p.external_ref is not null
        cross join lateral (select p.external_ref::int as n) place
        cross join lateral (select (array['accepted', 'declined', 'accepted', 'expired', 'declined'])[1 + (n + k) % 5] as outcome,
              now() - (k * 3 + n % 2) * interval '1 day' - n * interval '40 minutes' as at) facts
        where n <= 28 and (k = 1 or n * k < 30)`,
      [org],
    );
  });
  const api = app.client(lists);
  const people = await app.inTenant((tx) =>
    tx.query<{ resourceId: string }>(
      `select id as "resourceId" from resources where org_id = $1 and external_ref is not null order by external_ref::int`,
      [org],
    ),
  );
  for (const [grade, from, to] of [
    ['A', 0, 11],
    ['B', 11, 30],
  ] as const) {
    const { id } = await api.create({ org: 'test', body: { skill: 'vn1', grade, validFrom: '2026-01-01' } });
    const { version } = await api.addPeople({ org: 'test', params: { id }, body: { people: people.slice(from, to) } });
    await api.approve({ org: 'test', params: { id }, body: { version } });
  }
}
