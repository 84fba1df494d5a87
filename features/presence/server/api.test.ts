import { WebSocket } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { notes } from '#features/engagements/notes/contract.ts';
import { parties } from '#features/parties/contract.ts';

const org = 'test';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

/** Somebody in a room. */
async function look({ cookie }: Person, room: string) {
  let names: string[] | 'refused' | undefined;
  let heard = '';
  const socket = new WebSocket(`${app.baseUrl.replace('http', 'ws')}/api/v1/orgs/${org}/live`, { headers: { cookie } });
  socket.addEventListener('message', ({ data }) => {
    heard += String(data);
    const message = JSON.parse(String(data)) as { type: string; visitors?: { person: { name: string } }[] };
    if (message.type === 'refused') names = 'refused';
    if (message.type === 'room') names = (message.visitors ?? []).map(({ person }) => person.name).toSorted();
  });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  socket.send(JSON.stringify({ type: 'enter', room, state: { tab: 'Notes' } }));
  return { names: () => names, heard: () => heard, close: () => socket.close() };
}

test('colleagues see everybody at the dossier; whoever is from outside sees their own company, or nobody', async () => {
  const times = { startsAt: '2031-05-01T18:00:00.000Z', endsAt: '2031-05-01T21:00:00.000Z' };
  const show = await app.client(engagements).create({ org, body: { title: 'Paradiso', ...times } });
  const contact = (kind: 'person' | 'company', name: string) =>
    app.client(parties).create({ org, body: { kind, name } });
  const [north, south] = [await contact('company', 'North Agency'), await contact('company', 'South Concerts')];

  /** A contact with an account, who takes part, of a company or of none. */
  const outsider = async (name: string, role: 'promoter' | 'client' | 'crew', companyId: string | null) => {
    const person = await addPerson(app, { role, name });
    const { id } = await contact('person', name);
    await app.inTenant(async (tx) => {
      const { orgId } = tx.scope;
      await tx.query('update parties set user_id = $3 where org_id = $1 and id = $2', [orgId, id, person.userId]);
      await tx.query(
        `insert into engagement_parties (org_id, id, engagement_id, party_id, role)
         values ($1, gen_random_uuid(), $2, $3, 'promoter')`,
        [orgId, show.id, id],
      );
      if (companyId)
        await tx.query(
          'insert into party_people (org_id, id, company_id, person_id) values ($1, gen_random_uuid(), $2, $3)',
          [orgId, companyId, id],
        );
    });
    return person;
  };
  const [ann, nora, nils, sue, kim] = [
    await addPerson(app, { role: 'staff', name: 'Ann Staff' }),
    await outsider('Nora North', 'promoter', north.id),
    await outsider('Nils North', 'client', north.id),
    await outsider('Sue South', 'promoter', south.id),
    await outsider('Kim Crew', 'crew', null),
  ];
  const stranger = await addPerson(app, { role: 'promoter', name: 'Otto Other' });
  const dossier = `engagements/${show.id}`;
  const at = {
    ann: await look(ann, dossier),
    nora: await look(nora, dossier),
    nils: await look(nils, dossier),
    sue: await look(sue, dossier),
    kim: await look(kim, dossier),
    stranger: await look(stranger, dossier),
  };
  await expect.poll(at.ann.names).toEqual(['Ann Staff', 'Kim Crew', 'Nils North', 'Nora North', 'Sue South']);
  await expect.poll(at.nora.names).toEqual(['Nils North', 'Nora North']);
  await expect.poll(at.nils.names).toEqual(['Nils North', 'Nora North']);
  await expect.poll(at.sue.names).toEqual(['Sue South']);
  await expect.poll(at.kim.names).toEqual(['Kim Crew']);
  await expect.poll(at.stranger.names).toBe('refused');
  for (const { heard } of [at.nora, at.nils, at.sue, at.kim, at.stranger]) expect(heard()).not.toContain('Ann Staff');

  // Nor by the cursors in a note that is for everybody.
  const note = await app
    .client(notes)
    .create({ org, params: { id: show.id }, body: { title: 'Load-in', visibility: 'everyone' } });
  const [hers, his] = [await look(ann, `notes/${note.id}`), await look(kim, `notes/${note.id}`)];
  await expect.poll(hers.names).toEqual(['Ann Staff', 'Kim Crew']);
  await expect.poll(his.names).toEqual(['Kim Crew']);
  expect(his.heard()).not.toContain('Ann Staff');
  for (const { close } of [...Object.values(at), hers, his]) close();
});
