import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { people } from '#features/engagements/people/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { frameOf } from './queries.ts';
import { readSources } from './sheet-source.ts';
import { callSheet } from './sheets/call-sheet.ts';

const org = 'test';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const at = (time: string) => `2031-05-14T${time}:00.000Z`;

test('whoever is wanted by name or group before their booking, or without one, is called then', async () => {
  const add = async (name: string) =>
    (await app.client(resources).create({ org, body: { kind: 'person', name, phone: '+49 1' } })).id;
  const [ann, ben] = [await add('Ann'), await add('Ben')];
  const times = { startsAt: at('08:00'), endsAt: at('22:00') };
  const params = { id: (await app.client(engagements).create({ org, body: { title: 'Build', ...times } })).id };
  const roster = app.client(people);
  const enter = (resourceId: string) =>
    roster.add({ org, params, body: { groupKey: 'b', resourceId, role: 'Rigger' } });
  await enter(ann);
  await roster.setConfirmed({ org, params: { id: (await enter(ben)).id }, body: { confirmed: true } });
  const booking = { resourceId: ann, startsAt: at('13:00'), endsAt: at('22:00'), status: 'commit' as const };
  await app.client(claims).place({ org, body: { engagementId: params.id, claims: [booking] } });
  const plan = (title: string, from: string, until: string, forGroups: 'b'[]) =>
    app.client(timeline).create({
      org,
      params,
      body: { kind: 'other', title, startsAt: at(from), endsAt: at(until), forAll: forGroups.length === 0, forGroups },
    });
  await plan('Rig', '08:00', '08:30', ['b']);
  await plan('Sound', '14:00', '14:30', ['b']);
  await plan('Doors', '17:00', '17:30', []);
  const { parts } = await app.inTenant(async (tx) => {
    const [source] = await readSources(tx, [params.id], { can: () => true, own: undefined });
    if (!source) throw new Error('No engagement.');
    return callSheet(await frameOf(app.databases.control, tx.scope, 'a4'), source, ['2031-05-14']);
  });
  const blocks = parts[0]?.blocks ?? [];
  expect(JSON.stringify(blocks)).toContain('{"label":"First call","value":"10:00"}');
  // Ann's booking covers the sound; the doors are for everybody, and call nobody.
  expect(blocks.find((block) => block.kind === 'table' && block.heading === 'Calls')).toMatchObject({
    rows: [
      ['Ann', '10:00 – 10:30\n15:00 – 00:00', 'Rigger', '+49 1'],
      ['Ben', '10:00 – 10:30\n16:00 – 16:30', 'Rigger', '+49 1'],
    ],
  });
});
