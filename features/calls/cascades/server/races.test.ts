import { afterAll, beforeAll, expect, test } from 'vitest';
import { CallWorld, hour } from '#apps/server/test/call-world.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { breaking } from '#platform/test/breaking.ts';
import { withClient } from '#platform/test/connection.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { releaseClaims } from '#features/scheduling/claims/server/commands.ts';
import { insertAll } from '#features/scheduling/claims/server/place.ts';
import { answerCall } from './answering.ts';
import { passOverUnreachable, sendNow, skipCall } from './call-steering.ts';
import { cancelCascade } from './steering.ts';

/** What happens at the same moment, what moves underneath, and what breaks in the middle. */
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

let count = 0;
async function world(services: readonly (readonly [string, string])[], quantity = 1) {
  const org = await app.addOrganisation(`races-${++count}`);
  return new CallWorld(app, org, '2027-05-01T10:00:00.000Z').build(services, quantity);
}
const evening = ['2027-05-22T17:30:00Z', '2027-05-22T20:00:00Z'] as const;
const codeOf = (result: PromiseSettledResult<unknown>) =>
  result.status === 'fulfilled' ? 'done' : (result.reason as { code?: string }).code;
const names = (many: number) => Array.from({ length: many }, (_, index) => `P${String(index).padStart(2, '0')}`);

test('twenty accept one seat at once: one has it, the others are told it is taken', async () => {
  const w = await world([evening]);
  await w.list(await w.people(names(20)));
  const id = await w.start({ strategy: 'all' });
  const calls = await w.calls();
  const results = await Promise.allSettled(
    calls.flatMap((call) => [w.answer(call.id, { accept: 'all' }), w.answer(call.id, { accept: 'all' })]),
  );
  const codes = results.map(codeOf);
  // Twice at once by the one who has it is the same once.
  expect(codes.filter((code) => code === 'done')).toHaveLength(2);
  expect(new Set(codes)).toEqual(new Set(['done', 'call_closed']));
  expect((await w.log()).filter((line) => line.endsWith('accepted'))).toHaveLength(1);
  expect(await w.state(id)).toBe('done');
  expect((await w.mails()).filter((mail) => mail.startsWith('call_booked'))).toHaveLength(1);
  expect((await w.mails()).filter((mail) => mail.startsWith('call_filled'))).toHaveLength(19);
});

test('the job of a cascade ten times at once does nothing twice', async () => {
  const w = await world([evening], 3);
  await w.list(await w.people(names(12)));
  const id = await w.start({ reminderMinutes: 60 });
  for (const later of [23, 24, 48]) {
    w.now = Date.parse('2027-05-01T10:00:00.000Z') + later * hour;
    await Promise.all(Array.from({ length: 10 }, () => w.advance(id)));
  }
  const sent = (await w.mails()).filter((mail) => mail.startsWith('call →'));
  expect(sent).toHaveLength(9);
  expect(new Set(sent)).toHaveLength(9);
  expect((await w.mails()).filter((mail) => mail.startsWith('call_reminder'))).toHaveLength(3);
  expect((await w.log()).filter((line) => line.endsWith('open'))).toHaveLength(3);
});

test('rounds for overlapping seats start at once over the same people: nobody is asked twice at a time', async () => {
  const w = await world([evening], 4);
  await w.list(await w.people(names(10)));
  const needs = [w.needId, await w.need('Piccolo', 4), await w.need('Alto flute', 4)];
  await Promise.all(needs.map((need) => w.start({}, need)));
  const open = (await Promise.all(needs.map((need) => w.calls(need)))).flat().filter(({ state }) => state === 'open');
  expect(open).toHaveLength(10);
  expect(new Set(open.map(({ name }) => name))).toHaveLength(10);
});

test('an acceptance and a booking on the board at one moment: one of them, and the other is told', async () => {
  const w = await world([evening]);
  const people = await w.people(names(8));
  await w.list(people);
  await w.start({ strategy: 'all' });
  const ids = new Map((await w.calls()).map(({ name, id }) => [name, id]));
  const book = (resourceId: string) =>
    w.at((tx) =>
      insertAll(tx, null, [
        {
          id: uuidv7(),
          resourceId,
          startsAt: evening[0],
          endsAt: evening[1],
          status: 'commit',
          units: 1,
          expiresAt: null,
          note: '',
        },
      ]),
    );
  const results = await Promise.allSettled(
    people.flatMap((person, index) => [
      book(person),
      w.answer(ids.get(names(8)[index] ?? '') ?? '', { accept: 'all' }),
    ]),
  );
  const codes = results.map(codeOf);
  expect(codes.every((code) => ['done', 'conflict', 'committed_elsewhere', 'call_closed'].includes(code ?? ''))).toBe(
    true,
  );
  const overlapping = await w.sql(
    `select from claims a join claims b on b.org_id = a.org_id and b.resource_id = a.resource_id and b.id > a.id and b.span && a.span
      where a.org_id = $1 and a.status = 'commit' and b.status = 'commit'`,
  );
  expect(overlapping).toEqual([]);
  const accepted = (await w.log()).filter((line) => line.endsWith('accepted'));
  expect((await w.seated()).flat().filter((name) => name !== null)).toHaveLength(accepted.length);
});

test('an acceptance and halt-and-cancel at one moment: whichever was first, and the seat says the same', async () => {
  for (let round = 0; round < 6; round++) {
    const w = await world([evening]);
    await w.list(await w.people(['Ada']));
    const id = await w.start();
    const [accepted, cancelled] = await Promise.allSettled([
      w.accept('Ada'),
      w.at((tx) => cancelCascade(tx, id, '', w.secret)),
    ]);
    const seated = (await w.seated()).flat();
    expect([codeOf(accepted), seated]).toEqual(
      codeOf(accepted) === 'done' ? ['done', ['Ada']] : ['call_closed', [null]],
    );
    expect(['done', 'wrong_state']).toContain(codeOf(cancelled));
    expect(await w.log()).toEqual([codeOf(accepted) === 'done' ? 'Ada accepted' : 'Ada cancelled cascade_cancelled']);
  }
});

test('whatever statement of an acceptance breaks, nothing is half done', async () => {
  const w = await world([evening]);
  await w.list(await w.people(['Ada', 'Bea']));
  await w.start({ strategy: 'some', width: 2 });
  const callId = await w.callId('Ada');
  const picture = async () => ({ log: await w.log(), seated: await w.seated(), mails: await w.mails() });
  const before = await picture();
  for (let at = 1; ; at++) {
    let reached = 0;
    const done = await w
      .at(async (tx) => {
        const { tx: broken, statements } = breaking(tx, at);
        try {
          await answerCall(broken, callId, { accept: 'all' }, w.secret);
        } finally {
          reached = statements();
        }
      })
      .then(
        () => true,
        () => false,
      );
    if (done) {
      expect(reached).toBeGreaterThan(15);
      break;
    }
    expect(await picture()).toEqual(before);
  }
  expect(await picture()).toMatchObject({ log: ['Ada accepted', 'Bea cancelled filled'], seated: [['Ada']] });
});

test('a seat filled by hand takes the call back; one released on the board calls only where the round still runs', async () => {
  const w = await world([evening], 2);
  const [ada = '', , hand = ''] = await w.people(['Ada', 'Bea', 'Hand', 'Cy']);
  await w.list([
    ada,
    ...(
      await w.sql<{ id: string }>("select id from resources where org_id = $1 and name in ('Bea', 'Cy') order by name")
    ).map(({ id }) => id),
  ]);
  const id = await w.start();
  await w.accept('Ada');
  const claim = await w.commit(hand, ...evening);
  await w.sql(
    `update seats set resource_id = $2, source = 'hand', claim_id = $3 where org_id = $1 and need_id = $4 and resource_id is null`,
    hand,
    claim,
    w.needId,
  );
  // Whatever way it was filled: the round looks at once, and not only when something is due.
  const jobs = await withClient(app.adminUrl.tenant, (db) =>
    db.query('select from graphile_worker.jobs where key = $1 and run_at <= now()', [`${w.org.id}:cascade:${id}`]),
  );
  expect(jobs.rowCount).toBe(1);
  await w.advance(id);
  expect(await w.log()).toEqual(['Ada accepted', 'Bea cancelled filled', 'Cy planned']);
  expect(await w.state(id)).toBe('done');
  await w.at((tx) => releaseClaims(tx, [claim], 'Needed elsewhere'));
  await w.advance(id);
  expect([await w.state(id), await w.log()]).toEqual(['done', ['Ada accepted', 'Bea cancelled filled', 'Cy planned']]);
});

test('a service that moves is told anew, one that goes shrinks the call; what is left of nothing is taken back', async () => {
  const w = await world(
    [
      ['2027-05-21T17:30:00Z', '2027-05-21T20:00:00Z'],
      ['2027-05-22T17:30:00Z', '2027-05-22T20:00:00Z'],
    ],
    1,
  );
  const [first = '', second = ''] = w.serviceIds;
  await w.list(await w.people(['Ada', 'Bea']));
  const id = await w.start({ reminderMinutes: null });
  const move = (service: string, startsAt: string) =>
    w.sql(
      `update schedule_items set starts_at = $3, ends_at = $3::timestamptz + interval '2 hours' where org_id = $1 and id = $2`,
      service,
      startsAt,
    );
  await move(first, '2027-05-01T20:00:00Z');
  w.now += hour;
  await w.advance(id);
  expect((await w.calls())[0]).toMatchObject({ state: 'open', deadlineAt: '2027-05-01T20:00:00.000Z' });
  w.now += hour;
  await w.sql('delete from schedule_items where org_id = $1 and id = $2', first);
  await w.advance(id);
  expect((await w.calls())[0]).toMatchObject({ state: 'open', services: [second] });
  await w.advance(id);
  expect((await w.mails()).filter((mail) => mail.startsWith('call_changed'))).toHaveLength(2);
  await expect(w.sql('delete from needs where org_id = $1')).rejects.toMatchObject({ constraint: 'calls_open_stay' });
  await w.sql('delete from schedule_items where org_id = $1 and id = $2', second);
  await w.advance(id);
  expect([await w.log(), await w.state(id)]).toEqual([['Ada cancelled service_gone', 'Bea planned'], 'cancelled']);
  expect(await w.mails()).toContain('call_cancelled → Ada');
  await w.sql('delete from needs where org_id = $1');
  expect(await w.log()).toEqual([]);
});

test('an engagement that is lost calls nobody any more, and books nobody', async () => {
  const w = await world([evening]);
  await w.list(await w.people(['Ada', 'Bea']));
  const id = await w.start();
  await w.sql("update engagements set stage = 'cancelled' where org_id = $1");
  await expect(w.accept('Ada')).rejects.toMatchObject({ code: 'call_closed' });
  await w.advance(id);
  expect([await w.log(), await w.state(id)]).toEqual([['Ada cancelled cascade_cancelled', 'Bea planned'], 'cancelled']);
});

test('mail that comes back passes its person over, unless they saw the page or have another address by now', async () => {
  const w = await world([evening], 2);
  await w.list(await w.people(['Ada', 'Bea', 'Cy']));
  await w.start();
  const ada = await w.callId('Ada');
  const comesBack = () => w.at((tx) => passOverUnreachable(tx, ada, w.secret));
  await comesBack();
  expect(await w.log()).toEqual(['Ada open', 'Bea open', 'Cy planned']);
  await w.sql(
    `insert into suppressed_addresses (org_id, id, email, reason)
     select $1, gen_random_uuid(), lower(email), 'bounced' from resources where org_id = $1 and name in ('Ada', 'Bea')`,
  );
  await w.sql('update calls set opened_at = sent_at where org_id = $1 and id = $2', await w.callId('Bea'));
  const bea = await w.callId('Bea');
  await comesBack();
  await w.at((tx) => passOverUnreachable(tx, bea, w.secret));
  expect(await w.log()).toEqual(['Ada skipped unreachable', 'Bea open', 'Cy open']);
});

test('the office may call out of turn, and pass over', async () => {
  const w = await world([evening]);
  const [, , cy = ''] = await w.people(['Ada', 'Bea', 'Cy']);
  await w.list(
    (await w.sql<{ id: string }>("select id from resources where org_id = $1 and kind = 'person' order by name")).map(
      ({ id }) => id,
    ),
  );
  await w.start();
  w.now = Date.parse('2027-05-01T21:30:00.000Z');
  const bea = await w.callId('Bea');
  await w.at((tx) => sendNow(tx, bea, w.secret));
  await w.commit(cy, ...evening);
  const busy = await w.callId('Cy');
  await expect(w.at((tx) => sendNow(tx, busy, w.secret))).rejects.toMatchObject({
    code: 'not_askable',
    message: 'Cy: booked at that time.',
  });
  const ada = await w.callId('Ada');
  await w.at((tx) => skipCall(tx, ada, 'Called in sick', w.secret));
  expect(await w.log()).toEqual(['Ada cancelled by_hand', 'Bea open', 'Cy planned']);
  // By telephone, from somebody who was never asked, and is free after all.
  await w.sql('delete from claims where org_id = $1 and resource_id = $2', cy);
  await w.accept('Cy', 'all', 'office');
  expect(await w.log()).toEqual(['Ada cancelled by_hand', 'Bea cancelled filled', 'Cy accepted']);
});
