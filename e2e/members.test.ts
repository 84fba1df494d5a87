import { expect, test } from 'vitest';
import { engagements } from '#features/engagements/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { accessible, phone, useStage } from './browser.ts';
import { mailedLink, mailSettings } from './mailbox.ts';

const stage = useStage(mailSettings);

test('an owner invites a musician, who joins by the mail and sees what is theirs, and nothing else', async () => {
  const org = 'test';
  const { app } = stage;
  const [ada, ben] = await Promise.all(
    ['Ada Byron', 'Ben Elsewhere'].map((name) => app.client(resources).create({ org, body: { kind: 'person', name } })),
  );
  const startsAt = new Date(Date.now() + 2 * 86_400_000).toISOString();
  const endsAt = new Date(Date.now() + 2 * 86_400_000 + 3_600_000).toISOString();
  for (const [title, person] of [
    ['Brahms with Ada', ada],
    ['Ben alone', ben],
  ] as const) {
    const { id } = await app.client(engagements).create({ org, body: { title, startsAt, endsAt } });
    const claim = { resourceId: person?.id ?? '', status: 'commit' as const, startsAt, endsAt };
    await app.client(claims).place({ org, body: { engagementId: id, claims: [claim] } });
  }

  const owner = await stage.openSignedIn();
  await owner.goto('/o/test/settings/members');
  await owner.getByRole('button', { name: 'Invite somebody' }).click();
  await owner.getByLabel('E-mail').fill('ada@example.com');
  await owner.getByRole('combobox', { name: 'Role' }).click();
  await owner.getByRole('option', { name: /Crew/ }).click();
  await owner.getByRole('button', { name: 'Send invitation' }).click();
  await owner.getByText('Choose the musician').waitFor();
  await owner.getByRole('combobox', { name: 'Which musician is it?' }).click();
  await owner.getByRole('option', { name: 'Ada Byron' }).click();
  await owner.getByRole('button', { name: 'Send invitation' }).click();
  await owner.getByRole('button', { name: 'Withdraw the invitation to ada@example.com' }).waitFor();
  await accessible(owner);

  const crew = await stage.open(phone);
  await crew.goto(await mailedLink(app, 'ada@example.com', '/invitation'));
  await crew.getByText('Olga Owner invites you').waitFor();
  await accessible(crew);
  await crew.getByLabel('Your name').fill('Ada Byron');
  await crew.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await crew.getByRole('button', { name: 'Make account and join' }).click();
  await crew.waitForURL(/\/o\/test\/board/);
  await crew.goto('/o/test/engagements');
  await crew.getByText('Brahms with Ada').waitFor();
  expect(await crew.getByText('Ben alone').count()).toBe(0);
  await crew.goto('/o/test/contacts');
  await crew.getByText('This page isn’t for your role').waitFor();
  await accessible(crew);

  await owner.goto('/o/test/settings/roles');
  await owner.getByRole('button', { name: 'New role' }).click();
  await owner.getByRole('textbox', { name: 'Name' }).fill('Stage manager');
  await owner.getByRole('radiogroup', { name: 'May see engagements and series' }).getByText('All').click();
  await accessible(owner);
  await owner.getByRole('button', { name: 'Make role' }).click();
  await owner.getByText('Nobody has it yet.').waitFor();
  await owner.goto('/o/test/settings/members');
  await owner.getByRole('combobox', { name: 'Role of Ada Byron' }).click();
  await owner.getByRole('option', { name: /Stage manager/ }).click();
  await expect
    .poll(
      async () => {
        await crew.goto('/o/test/engagements');
        await crew.getByText('Brahms with Ada').waitFor();
        return crew.getByText('Ben alone').count();
      },
      { timeout: 10_000 },
    )
    .toBe(1);
  stage.quiet();
});
