import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { LiveHub } from './hub.ts';
import { Rooms, type Visitor } from './rooms.ts';

/** Two processes with one database: rooms of their own, each with its listening connection. */
let app: TestApp;
const processes: { rooms: Rooms; hub: LiveHub; stop: () => Promise<void> }[] = [];
beforeAll(async () => {
  app = await startTestApp();
  const log = pino({ level: 'silent' });
  for (let n = 0; n < 2; n++) {
    const rooms = new Rooms(app.databases, log);
    const hub = new LiveHub(app.databases, log, rooms);
    hub.start();
    rooms.start();
    const leave = hub.follow(app.org.id, () => undefined);
    processes.push({
      rooms,
      hub,
      async stop() {
        leave();
        await rooms.stop();
        await hub.close();
      },
    });
  }
});
afterAll(async () => {
  await Promise.all(processes.map(({ stop }) => stop()));
  await app.stop();
});

function come(process: number, name: string, room: string, org = app.org.id, circles?: string[]) {
  const seen = { visitors: [] as readonly Visitor[], told: [] as unknown[] };
  const stay = processes[process]?.rooms.enter(
    { org, room, person: { id: name, name }, state: { tab: 'overview' }, circles },
    { present: (visitors) => (seen.visitors = visitors), told: (data) => seen.told.push(data) },
  );
  if (!stay) throw new Error('There is no such process.');
  const names = () => seen.visitors.map(({ person, state }) => `${person.name} ${state['tab']}`).toSorted();
  return { ...stay, seen, names };
}

test('who is in a room sees who else is, in whatever process, what they do, and that they left', async () => {
  const room = `engagements/${randomUUID()}`;
  const ann = come(0, 'Ann', room);
  await expect.poll(ann.names).toEqual(['Ann overview']);
  const ben = come(1, 'Ben', room);
  await expect.poll(ann.names).toEqual(['Ann overview', 'Ben overview']);
  await expect.poll(ben.names).toEqual(['Ann overview', 'Ben overview']);
  ben.say({ tab: 'notes' });
  await expect.poll(ann.names).toEqual(['Ann overview', 'Ben notes']);
  ben.leave();
  await expect.poll(ann.names).toEqual(['Ann overview']);
  ann.leave();
});

test('somebody with circles sees who shares one, in whatever process; without circles one sees everybody', async () => {
  const room = `engagements/${randomUUID()}`;
  const names = (one: ReturnType<typeof come>) => one.seen.visitors.map(({ person }) => person.name).toSorted();
  const ann = come(0, 'Ann', room);
  const pia = come(1, 'Pia', room, app.org.id, ['north', 'south']);
  const pit = come(0, 'Pit', room, app.org.id, ['south']);
  const col = come(1, 'Col', room, app.org.id, []);
  await expect.poll(() => names(ann)).toEqual(['Ann', 'Col', 'Pia', 'Pit']);
  await expect.poll(() => names(pia)).toEqual(['Pia', 'Pit']);
  await expect.poll(() => names(pit)).toEqual(['Pia', 'Pit']);
  await expect.poll(() => names(col)).toEqual(['Col']);
  expect(pia.seen.visitors.flatMap((visitor) => Object.keys(visitor)).toSorted()).toEqual([
    'key',
    'key',
    'person',
    'person',
    'state',
    'state',
  ]);
  // Ann comes to be from outside; Col becomes a colleague.
  ann.see({ circles: ['north'] });
  col.see({});
  await expect.poll(() => names(ann)).toEqual(['Ann', 'Pia']);
  await expect.poll(() => names(col)).toEqual(['Ann', 'Col', 'Pia', 'Pit']);
  await expect.poll(() => names(pia)).toEqual(['Ann', 'Pia', 'Pit']);
  for (const one of [ann, pia, pit, col]) one.leave();
});

test('what is told in a room is heard there, and nowhere else', async () => {
  const room = `notes/${randomUUID()}`;
  const [here, there, elsewhere, foreign] = [
    come(0, 'Here', room),
    come(1, 'There', room),
    come(1, 'Elsewhere', `notes/${randomUUID()}`),
    come(1, 'Foreign', room, randomUUID()),
  ];
  processes[0]?.rooms.tell(app.org.id, room, { number: 3 });
  await expect.poll(() => there.seen.told).toEqual([{ number: 3 }]);
  await expect.poll(() => here.seen.told).toEqual([{ number: 3 }]);
  expect([...elsewhere.seen.told, ...foreign.seen.told]).toEqual([]);
  expect(foreign.names().filter((name) => !name.startsWith('Foreign'))).toEqual([]);
  for (const one of [here, there, elsewhere, foreign]) one.leave();
});

test(
  'a process that ends takes its visitors along; one that dies is missed after a while',
  { timeout: 25_000 },
  async () => {
    const room = `engagements/${randomUUID()}`;
    const ann = come(0, 'Ann', room);
    const log = pino({ level: 'silent' });
    const ending = new Rooms(app.databases, log);
    const dying = new Rooms(app.databases, log);
    const silent = { present: () => undefined, told: () => undefined };
    const as = (name: string) => ({ org: app.org.id, room, person: { id: name, name }, state: { tab: 'files' } });
    ending.enter(as('Ending'), silent);
    // Never started: it says once that it is there, and not again.
    dying.enter(as('Dying'), silent);
    await expect.poll(ann.names).toEqual(['Ann overview', 'Dying files', 'Ending files']);
    await ending.stop();
    await expect.poll(ann.names).toEqual(['Ann overview', 'Dying files']);
    await expect.poll(ann.names, { timeout: 15_000, interval: 200 }).toEqual(['Ann overview']);
    ann.leave();
  },
);
