import { simpleParser } from 'mailparser';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { addPerson } from '#apps/server/test/people.ts';
import { lists } from '#features/calls/lists/contract.ts';
import { needs } from '#features/calls/needs/contract.ts';
import { pay } from '#features/calls/pay/contract.ts';
import { usualTerms } from '#features/calls/pay/terms.ts';
import { roster } from '#features/calls/roster/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { startMailServer } from '#platform/test/mail-server.ts';
import { phone, useStage } from './browser.ts';
import { moveUp } from './keyboard.ts';
import { accessibleEverywhere } from './looks.ts';
import { everyLook } from './shots.ts';

const { settings, letters, close } = await startMailServer();
afterAll(close);

const stage = useStage(settings);

/** The newest letter to somebody with these words in its subject. */
async function letterTo(email: string, subject: RegExp): Promise<{ html: string; text: string }> {
  const find = async () => {
    const all = await Promise.all(letters.map((letter) => simpleParser(letter)));
    return all.findLast(
      ({ to, subject: its = '' }) => [to].flat().some((each) => each?.text.includes(email)) && subject.test(its),
    );
  };
  await expect.poll(find, { timeout: 20_000 }).toBeTruthy();
  const letter = await find();
  return { html: letter?.html || '', text: letter?.text ?? '' };
}

/** The letter in a browser, and from its button to the page, as on a telephone. */
async function openLetter(email: string, subject: RegExp): Promise<Page> {
  const { html } = await letterTo(email, subject);
  const page = await stage.open(phone);
  await page.setContent(html);
  await everyLook(page, `calls-mail-${email.split('@')[0]}`, true);
  await page.getByRole('link', { name: 'Answer' }).click();
  return page;
}

const org = 'test';
const firm = [
  'Ada Flauta,ada@example.com,Flute,Principal flute,1',
  'Olaf Oboe,,Oboe,Principal oboe,1',
  'Clara Concertmaster,,Violin 1,Concertmaster,1',
  'Theo Tutti,,Violin 1,"First violin, tutti",1',
  'Petra Second,,Violin 2,Principal second violin,1',
  'Tina Second,,Violin 2,"Second violin, tutti",1',
  'Vera Viola,,Viola,Principal viola,1',
  'Carl Cello,,Cello,Principal cello,1',
  'Boris Bass,,Double bass,Principal double bass,1',
];

/** A project in a month with two services, an orchestra with two violins too few, and a list of three who might help. */
async function prepare() {
  const { client } = stage.app;
  const day = (days: number, hour: number) => {
    const date = new Date(Date.now() + days * 86_400_000);
    date.setUTCHours(hour, 0, 0, 0);
    return date.toISOString();
  };
  const hall = await client(resources).create({
    org,
    body: { kind: 'place', name: 'Konzerthaus, Großer Saal', address: 'Gendarmenmarkt 2, 10117 Berlin' },
  });
  const engagement = await client(engagements).create({
    org,
    body: { title: 'Brahms and Clara Schumann', startsAt: day(30, 8), endsAt: day(32, 22), placeId: hall.id },
  });
  const at = { org, params: { id: engagement.id } };
  await client(timeline).create({ ...at, body: { kind: 'rehearsal', startsAt: day(30, 9), endsAt: day(30, 11) } });
  await client(timeline).create({
    ...at,
    body: { kind: 'concert', startsAt: day(32, 18), endsAt: day(32, 20), dress: 'Long black', notes: 'For the office' },
  });
  await client(roster).setUp({ org, body: {} });
  const rows = firm.map((line) => `${line},permanent,2020-09-01,`);
  await client(roster).import({
    org,
    body: { content: ['person,e-mail,instrument,position,chair,tenure,from,to', ...rows].join('\n') },
  });
  const people = await Promise.all(
    ['Bea Bowman', 'Cem Coda', 'Dora Doublestop'].map((name) =>
      client(resources).create({
        org,
        body: {
          kind: 'person',
          name,
          email: `${name.split(' ')[0]?.toLowerCase()}@example.com`,
          skills: [{ skill: 'Violin', level: 4 }],
        },
      }),
    ),
  );
  const draft = await client(lists).create({
    org,
    body: { skill: 'vn1', kind: 'section', grade: 'A', validFrom: '2026-01-01' },
  });
  const filled = await client(lists).addPeople({
    org,
    params: { id: draft.id },
    body: { people: people.map(({ id }) => ({ resourceId: id })) },
  });
  await client(lists).approve({ org, params: { id: draft.id }, body: { version: filled.version } });
  return engagement;
}

test('from a formula to a full orchestra: called by mail, answered on the page', async () => {
  const page = await stage.openSignedIn();
  const engagement = await prepare();
  const dialog = page.getByRole('dialog');
  await page.goto(`/o/test/engagements/${engagement.id}?tab=seats`);
  await page.getByRole('button', { name: 'From the instrumentation' }).click();
  await dialog.getByLabel('Instrumentation').fill('1 1 0 0 - 0 0 0 0 - 4.2.1.1.1');
  await dialog.getByText(/^9 new/).waitFor();
  await dialog.getByRole('button', { name: 'Save what is needed' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('22 open').waitFor();
  await page.getByRole('button', { name: 'Seat the roster' }).click();
  await page.getByText(/^9 people in 18 seats; 4 seats are open/).waitFor();
  await everyLook(page, 'calls-0-seats');

  await page.getByRole('tab', { name: 'Calls' }).click();
  await page.getByText('4 of 6 seats open').waitFor();
  await everyLook(page, 'calls-1-uncalled');
  await accessibleEverywhere(page);
  await page.goto('/o/test/open-seats');
  await page.getByText('Nobody called').waitFor();
  await everyLook(page, 'calls-2-open-seats');
  await accessibleEverywhere(page);
  await page.getByRole('button', { name: /^Call for First violin/ }).click();
  await dialog.getByText('Dora Doublestop').waitFor();
  await dialog.getByLabel('Quiet from').fill('00:00');
  await dialog.getByLabel('Quiet until').fill('00:00');
  await dialog.getByRole('spinbutton', { name: /^Fee/ }).fill('-480');
  await dialog.getByRole('button', { name: 'Start calling' }).click();
  await dialog.getByText('Must be at least 0.').waitFor();
  await dialog.getByRole('spinbutton', { name: /^Fee/ }).fill('480');
  await dialog.getByLabel('Message').fill('We would love to have you back.');
  await dialog.getByText('€960.00').waitFor();
  await everyLook(page, 'calls-3-start');
  await accessibleEverywhere(page);
  await dialog.getByRole('spinbutton', { name: 'Time to answer', exact: true }).fill('');
  await dialog.getByRole('button', { name: 'Start calling' }).click();
  await dialog.getByRole('alert').first().waitFor();
  await everyLook(page, 'calls-4-start-wrong');
  await dialog.getByRole('spinbutton', { name: 'Time to answer', exact: true }).fill('1');
  await dialog.getByRole('button', { name: 'Start calling' }).click();
  await dialog.waitFor({ state: 'hidden' });

  await page.goto(`/o/test/engagements/${engagement.id}?tab=calls`);
  const card = page.getByRole('article', { name: 'First violin, section' });
  await card.getByText('2 of 6 seats filled').waitFor();
  await card.getByRole('button', { name: 'Bea Bowman' }).waitFor();
  await everyLook(page, 'calls-5-calling');
  await accessibleEverywhere(page);

  // One asks something, is answered, and accepts: the seats fill in the manager's open page.
  const bea = await openLetter('bea@example.com', /./);
  await bea.getByRole('heading', { name: 'Brahms and Clara Schumann' }).waitFor();
  await bea.getByText('€480.00').waitFor();
  await accessibleEverywhere(bea);
  await everyLook(bea, 'calls-6-answer', true);
  await bea.getByRole('button', { name: 'Ask a question' }).click();
  await bea.getByLabel('Your question').fill('May I bring my own stand?');
  await bea.getByRole('button', { name: 'Send question' }).click();
  await bea.getByText('May I bring my own stand?').waitFor();
  await card.getByText('1 question').waitFor();
  await card.getByRole('button', { name: 'Bea Bowman' }).click();
  await dialog.getByLabel('Your answer').fill('Please do.');
  await dialog.getByRole('button', { name: 'Send answer' }).click();
  await dialog.getByRole('listitem').filter({ hasText: 'Please do.' }).waitFor();
  await everyLook(page, 'calls-7-call');
  await accessibleEverywhere(page);
  await page.keyboard.press('Escape');
  await letterTo('bea@example.com', /question|answer/i);
  await bea.getByRole('button', { name: 'Accept both' }).click();
  await bea.getByText('You said yes. Thank you!').waitFor();
  await expect.poll(() => bea.evaluate(() => document.activeElement?.role)).toBe('status');
  await everyLook(bea, 'calls-8-accepted', true);
  await accessibleEverywhere(bea);
  await card.getByText('4 of 6 seats filled').waitFor();

  const cem = await openLetter('cem@example.com', /./);
  await cem.getByRole('button', { name: 'Decline…' }).click();
  await everyLook(cem, 'calls-9-decline');
  await cem.getByRole('button', { name: 'Decline', exact: true }).click();
  await cem.getByText('Choose what comes nearest.').waitFor();
  await cem.getByLabel('I am engaged elsewhere').check();
  await cem.getByRole('button', { name: 'Decline', exact: true }).click();
  await cem.getByText('You said no').waitFor();
  await everyLook(cem, 'calls-10-declined', true);

  const dora = await openLetter('dora@example.com', /./);
  await dora.getByRole('button', { name: 'Accept both' }).click();
  await dora.getByText('You said yes. Thank you!').waitFor();
  await card.getByText('All 6 seats filled').waitFor();
  await card.getByText('Filled', { exact: true }).waitFor();
  await everyLook(page, 'calls-11-full');
  await letterTo('dora@example.com', /book|confirm/i);

  // Too late for the one who might have come after all; the page says so.
  await cem.reload();
  await cem.getByText('You said no').waitFor();
  expect(await cem.getByRole('button', { name: 'I can after all' }).count()).toBe(0);

  await page.goto('/o/test/open-seats');
  await page.getByText('No open seats').waitFor();
  await page.goto('/o/test/calls');
  await page.getByText('engaged elsewhere').waitFor();
  await everyLook(page, 'calls-12-log');
  await accessibleEverywhere(page);
  stage.quiet();
}, 300_000);

/** A job of two shifts for one stagehand, and three who could be asked; the first has an account. */
async function prepareJob() {
  const { client } = stage.app;
  const at = (days: number, hour: number) =>
    new Date(new Date(Date.now() + days * 86_400_000).setUTCHours(hour, 0, 0, 0)).toISOString();
  const engagement = await client(engagements).create({
    org,
    body: { title: 'Open house', startsAt: at(40, 6), endsAt: at(41, 20) },
  });
  const here = { org, params: { id: engagement.id } };
  for (const day of [40, 41])
    await client(timeline).create({ ...here, body: { kind: 'shift', startsAt: at(day, 8), endsAt: at(day, 16) } });
  await client(needs).create({ ...here, body: { skill: 'Stagehand', title: 'Stagehand' } });
  for (const name of ['Ina Ishikawa', 'Jon Jansen', 'Kim Kowalczyk']) {
    const email = `${name.split(' ')[0]?.toLowerCase()}@example.com`;
    const skills = [{ skill: 'Stagehand', level: 3 }];
    await client(resources).create({ org, body: { kind: 'person', name, email, skills } });
  }
  const terms = {
    ...usualTerms,
    services: [{ kind: 'shift' as const, baseMinor: 90_00, minutes: 480 }],
    day: { minutes: null, restMinutes: null },
  };
  await client(pay).createScale({ org, body: { name: 'Crew', validFrom: '2026-01-01', currency: 'EUR', terms } });
  const ina = await addPerson(stage.app, { role: 'crew', name: 'Ina' });
  await stage.app.inTenant((tx) =>
    tx.query("update resources set user_id = $2 where org_id = $1 and name = 'Ina Ishikawa'", [
      stage.app.org.id,
      ina.userId,
    ]),
  );
  return { engagement, ina };
}

test('people added by hand: one answers among their own calls, one by telephone, one is called off', async () => {
  const page = await stage.openSignedIn();
  const { engagement, ina } = await prepareJob();
  await page.goto(`/o/test/engagements/${engagement.id}?tab=seats`);
  await page.getByRole('button', { name: 'Call for Stagehand' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('No approved list names anybody for this.').waitFor();
  await dialog.getByText('Add whom to ask first.').waitFor();
  for (const name of ['Jon Jansen', 'Ina Ishikawa', 'Kim Kowalczyk']) {
    await dialog.getByRole('combobox', { name: 'Add somebody' }).click();
    await page.getByRole('option', { name: new RegExp(name) }).click();
    await dialog.getByRole('button', { name: `Take ${name} off` }).waitFor();
  }
  await dialog.getByText('By the scale “Crew”, one person costs €180.00.').waitFor();
  await expect.poll(() => dialog.getByRole('spinbutton', { name: /^Fee/ }).inputValue()).toBe('180');
  // By the keyboard: the second before the first.
  await moveUp(page, { name: 'Ina Ishikawa', places: ['at place 1 of 3'] });
  await dialog.getByRole('button', { name: 'Move Ina Ishikawa, place 1' }).waitFor();
  await dialog.getByLabel('Part of it will do').check();
  await dialog.getByLabel('Quiet from').fill('00:00');
  await dialog.getByLabel('Quiet until').fill('00:00');
  await everyLook(page, 'calls-20-by-hand');
  await dialog.getByRole('button', { name: 'Start calling' }).click();
  await page.waitForURL(/tab=calls/);
  const card = page.getByRole('article', { name: 'Stagehand' });
  await card.getByText('0 of 2 seats filled').waitFor();

  const crew = await stage.open(phone);
  await crew.goto('/sign-in');
  await crew.getByLabel('E-mail').fill(ina.email);
  await crew.getByLabel('Password').fill(ina.password);
  await crew.getByRole('button', { name: 'Sign in', exact: true }).click();
  await crew.getByRole('link', { name: 'My calls' }).click();
  await crew.getByRole('heading', { name: 'Open house' }).waitFor();
  await crew.getByText('€180.00 for both services').waitFor();
  await accessibleEverywhere(crew);
  await everyLook(crew, 'calls-21-my-calls', true);
  await crew.getByRole('checkbox').first().uncheck();
  await crew.getByRole('button', { name: 'Accept 1 of 2' }).click();
  await crew.getByText('You said yes').waitFor();
  await crew.getByRole('button', { name: /Open house/ }).click();
  await crew.getByText('without you').waitFor();
  await everyLook(crew, 'calls-22-my-calls-answered', true);
  await accessibleEverywhere(crew);

  await card.getByText('1 of 2 seats filled').waitFor();
  await card.getByRole('button', { name: 'Pause' }).click();
  await card.getByText('Paused').waitFor();
  await card.getByRole('button', { name: 'Resume' }).click();
  await card.getByRole('button', { name: 'Jon Jansen' }).click();
  await dialog.getByRole('button', { name: 'Record an answer…' }).click();
  await page.getByRole('menuitem', { name: 'They decline…' }).click();
  await dialog.getByLabel('In their words').fill('Back trouble.');
  await everyLook(page, 'calls-23-record');
  await accessibleEverywhere(page);
  await dialog.getByRole('button', { name: 'They decline' }).click();
  await dialog.getByText('“Back trouble.”').first().waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();

  const kim = await openLetter('kim@example.com', /./);
  await kim.getByRole('button', { name: 'Accept' }).waitFor();
  await card.getByRole('button', { name: 'More about the calls for Stagehand' }).click();
  await everyLook(page, 'calls-24-menu');
  await page.getByRole('menuitem', { name: /^Settings/ }).click();
  await dialog.getByLabel('Message').fill('Bring gloves.');
  await everyLook(page, 'calls-25-settings');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await card.getByRole('button', { name: 'More about the calls for Stagehand' }).click();
  await page.getByRole('menuitem', { name: /^Halt and cancel/ }).click();
  await dialog.getByText('One person who was asked is told by mail').waitFor();
  await dialog.getByLabel('A word to those who were asked').fill('The open house is smaller now.');
  await everyLook(page, 'calls-26-cancel');
  await accessibleEverywhere(page);
  await dialog.getByRole('button', { name: 'Halt and cancel' }).click();
  await card.getByText('Cancelled', { exact: true }).waitFor();
  await kim.getByRole('button', { name: 'Accept' }).click();
  await kim.getByText('No longer needed').waitFor();
  await everyLook(kim, 'calls-27-called-off', true);
  await accessibleEverywhere(kim);
  await page.goto('/o/test/people');
  await page.getByRole('link', { name: 'Ina Ishikawa' }).click();
  await page.getByRole('tab', { name: 'Calls' }).click();
  await page.getByText('Accepted 1 of 2 services').waitFor();
  await everyLook(page, 'calls-28-person');
  await accessibleEverywhere(page);
  stage.quiet();
}, 300_000);
