import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documents } from '#features/documents/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { phone, useStage } from './browser.ts';
import { accessibleEverywhere } from './looks.ts';
import { shot } from './shots.ts';

const stage = useStage();
const org = 'test';

/** A concert of two days in a fortnight, with a hall, two people and a schedule. */
async function makeConcert(): Promise<{ id: string; day: string }> {
  const { app } = stage;
  const day = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
  const at = (time: string) => `${day}T${time}:00.000Z`;
  const add = async (kind: 'person' | 'place', name: string, more: object) =>
    (await app.client(resources).create({ org, body: { kind, name, ...more } })).id;
  const hall = await add('place', 'Great Hall', { address: '1 Main Street, Hamburg' });
  const ann = await add('person', 'Ann Flute', { email: 'ann@example.com', phone: '+49 1' });
  const ben = await add('person', 'Ben Drum', {});
  const concert = await app.client(engagements).create({
    org,
    body: { title: 'Mahler Five', startsAt: at('17:30'), endsAt: at('20:00'), placeId: hall },
  });
  const time = { startsAt: at('14:00'), endsAt: at('21:00'), status: 'commit' as const };
  await app.client(claims).place({
    org,
    body: {
      engagementId: concert.id,
      claims: [
        { ...time, resourceId: ann },
        { ...time, resourceId: ben },
        { ...time, resourceId: hall },
      ],
    },
  });
  await app.inTenant(async (tx) => {
    for (const [kind, from, to] of [
      ['dress_rehearsal', '14:00', '16:30'],
      ['concert', '17:30', '20:00'],
    ] as const) {
      await tx.query(
        `insert into schedule_items (org_id, id, engagement_id, kind, zone, starts_at, ends_at) values ($1, $2, $3, $4, $5, $6, $7)`,
        [app.org.id, uuidv7(), concert.id, kind, 'Europe/Berlin', at(from), at(to)],
      );
    }
  });
  return { id: concert.id, day };
}

test('a day sheet is looked at, saved and mailed; its link opens on a phone without signing in', async () => {
  const page = await stage.openSignedIn();
  const { id, day } = await makeConcert();
  await page.goto(`/o/test/engagements/${id}`);
  await page.getByRole('tab', { name: 'Documents' }).click();
  await page.getByTitle('Day sheet of Mahler Five').waitFor();
  await page.getByRole('combobox', { name: 'Document' }).click();
  await page.getByRole('option', { name: /One person/ }).click();
  await page.getByTitle('One person’s day of Mahler Five').waitFor();
  await page.getByRole('combobox', { name: 'Document' }).click();
  await page.getByRole('option', { name: /Day sheet/ }).click();
  await page.getByTitle('Day sheet of Mahler Five').scrollIntoViewIfNeeded();
  await page.waitForTimeout(1_500);
  await shot(page, 'documents-1-wide');

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ]);
  expect(saved.suggestedFilename()).toMatch(/^Day sheet Mahler Five, .*\.pdf$/);
  expect(
    readFileSync(await saved.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  await accessibleEverywhere(page);

  await page.getByRole('button', { name: 'Mail day sheets' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('no e-mail address').waitFor();
  await dialog.getByLabel('A few words').fill('Parking is behind the hall.');
  await shot(page, 'documents-2-mail');
  await accessibleEverywhere(page);
  await dialog.getByRole('button', { name: 'Send 1 mail' }).click();
  await page.getByText('1 mail is on its way', { exact: true }).waitFor();

  const path = await stage.app.inTenant(async (tx) => {
    const [mail] = await tx.query<{ href: string }>(
      `select content -> 'button' ->> 'href' as href from messages where org_id = $1 and kind = 'day_sheet'`,
      [stage.app.org.id],
    );
    return mail?.href ?? '';
  });
  const stranger = await stage.open(phone);
  await stranger.goto(path);
  const open = stranger.getByRole('link', { name: 'Open the day sheet' });
  await open.waitFor();
  await shot(stranger, 'documents-3-link');
  await accessibleEverywhere(stranger);
  const pdf = await stranger.request.get((await open.getAttribute('href')) ?? '');
  expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf']);
  await stranger.goto(`${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`);
  await stranger.getByRole('heading', { name: 'This link has ended' }).waitFor();
  await accessibleEverywhere(stranger);
  const { people } = await stage.app.client(documents).list({ org, params: { id } });
  expect(people.map(({ name, days }) => [name, days])).toEqual([
    ['Ann Flute', [day]],
    ['Ben Drum', [day]],
  ]);
  stage.quiet();
});

test('on a phone and in the dark documents are chosen and opened', async () => {
  const page = await stage.openSignedIn(phone);
  const { id } = await makeConcert();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`/o/test/engagements/${id}`);
  await page.getByRole('tab', { name: 'Documents' }).click();
  await page.getByRole('radio', { name: 'Letter' }).click();
  await page.getByText('Times read 7:30 PM.').waitFor();
  expect(await page.getByRole('link', { name: 'Open', exact: true }).getAttribute('href')).toContain('paper=letter');
  await page.getByRole('link', { name: 'Download' }).scrollIntoViewIfNeeded();
  await shot(page, 'documents-4-phone-dark');
  await accessibleEverywhere(page);
  await page.getByRole('combobox', { name: 'Document' }).click();
  await page.getByRole('option', { name: /Door list/ }).click();
  await page.getByRole('combobox', { name: 'Day' }).waitFor({ state: 'hidden' });
  expect(await page.getByRole('link', { name: 'Open', exact: true }).getAttribute('href')).toContain('door-list.pdf');
  stage.quiet();
});

test('an organisation chooses the colour of its documents', async () => {
  const page = await stage.openSignedIn();
  await page.goto('/o/test/settings/organisation');
  await page.getByLabel('Colour of documents').fill('#7c3aed');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await page.getByText('The settings are saved', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Take it away' }).waitFor();
  await shot(page, 'documents-5-colour', true);
  await accessibleEverywhere(page);
  stage.quiet();
});
