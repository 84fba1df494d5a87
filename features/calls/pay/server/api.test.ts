import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson } from '#apps/server/test/people.ts';
import { seatProject } from '#apps/server/test/seated-project.ts';
import { startTestApp, type TestApp, type TestOrganisation } from '#apps/server/test/test-app.ts';
import { attendance } from '#features/calls/attendance/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { history } from '#features/history/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant } from '#platform/db/tenant.ts';
import { pay } from '../contract.ts';
import { usualTerms, type PayTerms } from '../terms.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const terms = (baseMinor = 120_00, more: Partial<PayTerms> = {}): PayTerms => ({
  ...usualTerms,
  services: usualTerms.services.map((each) => ({ ...each, baseMinor })),
  ...more,
});

/** An organisation of its own with one project: a rehearsal and a concert, on different days. */
async function stage(slug: string, zone = 'Europe/Berlin') {
  const org = await app.addOrganisation(slug);
  const project = await inOrg(org, (tx) =>
    seatProject(tx, {
      title: 'Spring',
      zone,
      services: [
        ['Rehearsal', 'rehearsal', '2026-11-03T09:00:00Z', '2026-11-03T11:30:00Z'],
        ['Concert', 'concert', '2026-11-04T19:00:00Z', '2026-11-04T21:30:00Z'],
      ],
      needs: [
        { title: 'First violin', skill: 'vn1', people: ['Vera', null] },
        { title: 'Principal flute', skill: 'fl', kind: 'principal', doubles: ['picc'], people: ['Flora'] },
        { title: 'Harp', skill: 'hp', people: ['Hanna'], source: 'roster' },
      ],
    }),
  );
  const api = app.client(pay, 'manager', org);
  const params = { id: project.engagementId };
  const notes = app.client(attendance, 'manager', org);
  const note = (name: string, service: string, more: object) =>
    notes.set({
      org: slug,
      params,
      body: {
        marks: [
          {
            resourceId: project.people[name] ?? '',
            scheduleItemId: project.services[service] ?? '',
            status: 'present',
            version: 0,
            ...more,
          },
        ],
      },
    });
  return {
    org,
    slug,
    api,
    params,
    ...project,
    note,
    ranUntil: (service: string, endedAt: string) =>
      notes.report({ org: slug, params: { id: project.services[service] ?? '' }, body: { version: 0, endedAt } }),
    addScale: (more: Partial<Parameters<typeof api.createScale>[0]['body']> = {}) =>
      api.createScale({
        org: slug,
        body: { name: 'Scale', validFrom: '2026-01-01', currency: 'EUR', terms: terms(), ...more },
      }),
    sheet: () => api.sheet({ org: slug, params }),
    approve: (seen: string) => api.approve({ org: slug, params, body: { seen } }),
    adjust: (resourceId: string, amountMinor: number, reason = 'Parking') =>
      api.adjust({ org: slug, params, body: { resourceId, amountMinor, reason } }),
    csv: async (id: string) => {
      const response = await fetch(`${app.baseUrl}/api/v1/orgs/${slug}/pay-sheets/${id}/csv`, {
        headers: { authorization: `Bearer ${org.keys.owner}` },
      });
      expect(response.headers.get('content-type')).toContain('text/csv');
      return response.text();
    },
  };
}

const inOrg = <T>(org: TestOrganisation, work: Parameters<typeof withTenant<T>>[2]) =>
  withTenant(app.databases, mintScope({ orgId: org.id, actor: 'command', requestId: 'test' }), work);

test('from the scale over attendance to an approved sheet', async () => {
  const { org, addScale, sheet, note, ranUntil, approve, adjust, people, api, slug, csv } = await stage('whole');
  expect((await sheet()).problems).toMatchObject([{ code: 'no_scale' }]);
  await expect(approve((await sheet()).seen)).rejects.toMatchObject({ status: 409, code: 'sheet_incomplete' });
  await addScale();
  const before = await sheet();
  // Flora: 2 services, a fifth for the principal's chair, 12 % for the piccolo.
  expect(before.people.map(({ name, totalMinor, byRoster }) => [name, totalMinor, byRoster])).toEqual([
    ['Flora', 240_00 + 48_00 + 28_80, false],
    ['Hanna', 0, true],
    ['Vera', 240_00, false],
  ]);
  await note('Vera', 'Rehearsal', { status: 'absent' });
  await ranUntil('Concert', '2026-11-04T21:40:00Z');
  await adjust(people['Vera'] ?? '', 15_00, '=Parking');
  await expect(approve(before.seen)).rejects.toMatchObject({ status: 409, code: 'sheet_changed' });
  const now = await sheet();
  expect(now.people.map(({ name, totalMinor }) => [name, totalMinor])).toEqual([
    ['Flora', 240_00 + 18_00 + 48_00 + 28_80],
    ['Hanna', 0],
    ['Vera', 120_00 + 18_00 + 15_00],
  ]);
  expect(now.totalMinor).toBe(now.people.reduce((sum, { totalMinor }) => sum + totalMinor, 0));
  const first = await approve(now.seen);
  expect(first).toMatchObject({
    revision: 1,
    totalMinor: now.totalMinor,
    currency: 'EUR',
    scaleName: 'Scale',
    scaleFrom: '2026-01-01',
  });
  await expect(approve(now.seen)).rejects.toMatchObject({ status: 409, code: 'sheet_unchanged' });

  await note('Vera', 'Rehearsal', { status: 'late', minutes: 30, version: 1 });
  const changed = await sheet();
  expect(changed.differences).toEqual([
    { resourceId: people['Vera'], name: 'Vera', beforeMinor: 153_00, afterMinor: 153_00 + 96_00 },
  ]);
  const second = await approve(changed.seen);
  const read = await api.approved({ org: slug, params: { id: second.id } });
  expect(read).toMatchObject({ sheet: { revision: 2 }, differences: changed.differences, people: changed.people });
  const old = await api.approved({ org: slug, params: { id: first.id } });
  expect(old).toMatchObject({ sheet: { totalMinor: now.totalMinor }, differences: null, people: now.people });
  expect((await sheet()).approved.map(({ revision }) => revision)).toEqual([2, 1]);

  const file = await csv(first.id);
  expect(file.split('\r\n')[0]).toContain('Person,Person id,Instrument,What,How');
  expect(file).toContain("Adjustment,'=Parking,,,,15,EUR");
  expect(file).toContain('Doubling,Piccolo: 12 % of 240.00 EUR,,,12 %,28.8,EUR');
  expect(file).toContain('Nothing,"By the roster, on a salary"');
  await expect(
    inOrg(org, (tx) => tx.query('update pay_sheets set total_minor = 0 where org_id = $1', [tx.scope.orgId])),
  ).rejects.toMatchObject({ code: '42501' });
});

test('two who approve at once: one revision', async () => {
  const { addScale, sheet, approve } = await stage('race');
  await addScale();
  const { seen } = await sheet();
  const tries = await Promise.allSettled(Array.from({ length: 5 }, () => approve(seen)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const each of tries) if (each.status === 'rejected') expect(each.reason).toMatchObject({ status: 409 });
  expect((await sheet()).approved).toHaveLength(1);
});

test('terms are those of the day of the first service, by the clock there', async () => {
  // In Auckland the rehearsal of 09:00 UTC on the 3rd is in the evening; in Honolulu it is still the 2nd.
  const auckland = await stage('auckland', 'Pacific/Auckland');
  const honolulu = await stage('honolulu', 'Pacific/Honolulu');
  for (const { addScale } of [auckland, honolulu]) {
    await addScale();
    await addScale({ validFrom: '2026-11-03', terms: terms(200_00) });
    await addScale({ validFrom: '2027-01-01', terms: terms(999_00) });
  }
  expect((await auckland.sheet()).scale?.validFrom).toBe('2026-11-03');
  expect((await honolulu.sheet()).scale?.validFrom).toBe('2026-01-01');
});

test('another scale may be chosen; without terms for a service nothing is approved', async () => {
  const { slug, api, params, people, addScale, sheet, approve, adjust } = await stage('choice');
  await addScale({ name: 'B scale' });
  const chamber = await addScale({
    name: 'A scale',
    currency: 'JPY',
    terms: terms(9_000, { services: [{ kind: 'rehearsal', baseMinor: 9_000, minutes: 150 }], payRoster: true }),
  });
  const first = await sheet();
  expect([first.scale?.name, first.scales]).toEqual(['A scale', ['A scale', 'B scale']]);
  expect(first.problems).toMatchObject([{ code: 'no_base', message: expect.stringContaining('concert') }]);
  expect(first.people.map(({ totalMinor }) => totalMinor)).toEqual([9_000 + 1_800 + 1_080, 9_000, 9_000]);
  await expect(approve(first.seen)).rejects.toMatchObject({ code: 'sheet_incomplete' });
  await expect(api.chooseScale({ org: slug, params, body: { name: 'C scale' } })).rejects.toMatchObject({
    fields: [{ field: 'name' }],
  });
  const yen = await adjust(people['Vera'] ?? '', 500, 'Taxi');
  expect(yen.currency).toBe('JPY');
  await api.chooseScale({ org: slug, params, body: { name: 'B scale' } });
  const mixed = await sheet();
  expect(mixed.problems).toMatchObject([{ code: 'other_currency', message: expect.stringContaining('Taxi') }]);
  expect(mixed.people.find(({ name }) => name === 'Vera')?.totalMinor).toBe(240_00);
  await expect(approve(mixed.seen)).rejects.toMatchObject({ code: 'sheet_incomplete' });
  await api.removeAdjustment({ org: slug, params: { id: yen.id } });
  const second = await sheet();
  expect([second.scale?.name, second.scale?.currency, second.problems]).toEqual(['B scale', 'EUR', []]);
  const { id } = await approve(second.seen);
  await api.removeScale({ org: slug, params: { id: chamber.id } });
  const { items } = await api.scales({ org: slug });
  expect(items.map(({ name }) => name)).toEqual(['B scale']);
  await expect(api.removeScale({ org: slug, params: { id: items[0]?.id ?? '' } })).rejects.toMatchObject({
    code: 'in_use',
  });
  expect((await api.approved({ org: slug, params: { id } })).sheet.scaleName).toBe('B scale');
});

test('a scale is refused with its field; two editors are told', async () => {
  const { slug, api, addScale } = await stage('scales');
  const made = await addScale();
  await expect(addScale()).rejects.toMatchObject({ status: 409, code: 'duplicate', fields: [{ field: 'validFrom' }] });
  await expect(addScale({ currency: 'ZZZ' })).rejects.toMatchObject({ fields: [{ field: 'currency' }] });
  const rehearsal = { kind: 'rehearsal' as const, baseMinor: 1, minutes: 150 };
  await expect(
    addScale({ name: 'Twice', terms: terms(1, { services: [rehearsal, rehearsal] }) }),
  ).rejects.toMatchObject({ fields: [{ field: 'terms.services' }] });
  const change = (version: number, more: object) =>
    api.changeScale({ org: slug, params: { id: made.id }, body: { version, ...more } });
  expect(await change(1, { terms: terms(130_00) })).toMatchObject({ version: 2 });
  await expect(change(1, { terms: terms(140_00) })).rejects.toMatchObject({ status: 409, code: 'version_conflict' });
  expect(await change(1, { name: 'Union scale' })).toMatchObject({ name: 'Union scale', version: 3 });
});

test('adjustments: for people only, changed with their version, and nobody gets less than nothing', async () => {
  const { slug, api, people, addScale, sheet, approve, adjust, engagementId } = await stage('adjust');
  await expect(adjust(people['Vera'] ?? '', 100)).rejects.toMatchObject({ code: 'sheet_incomplete' });
  await addScale();
  await expect(adjust(engagementId, 100)).rejects.toMatchObject({ fields: [{ field: 'resourceId' }] });
  await expect(adjust(people['Vera'] ?? '', 0)).rejects.toMatchObject({ fields: [{ field: 'amountMinor' }] });
  const one = await adjust(people['Vera'] ?? '', -500_00, 'Paid twice');
  const owing = await sheet();
  expect(owing.problems).toMatchObject([{ code: 'below_zero', message: expect.stringContaining('Vera') }]);
  await expect(approve(owing.seen)).rejects.toMatchObject({ code: 'sheet_incomplete' });
  const change = (version: number) =>
    api.changeAdjustment({ org: slug, params: { id: one.id }, body: { version, amountMinor: -50_00 } });
  expect(await change(1)).toMatchObject({ amountMinor: -50_00, reason: 'Paid twice', version: 2 });
  await expect(change(1)).rejects.toMatchObject({ status: 409, code: 'version_conflict' });
  expect((await sheet()).totalMinor).toBe(240_00 + 48_00 + 28_80 + 190_00);
  await api.removeAdjustment({ org: slug, params: { id: one.id } });
  await expect(api.removeAdjustment({ org: slug, params: { id: one.id } })).rejects.toMatchObject({ status: 404 });
});

test('the cost before the call, by need and for one person', async () => {
  const { slug, api, params, needs, services, addScale, note } = await stage('estimate');
  expect(await api.estimate({ org: slug, params })).toMatchObject({
    scale: null,
    totalMinor: 0,
    problems: [{ code: 'no_scale' }],
  });
  await addScale({
    terms: terms(120_00, { cartage: { per: 'engagement', amounts: [{ instrument: 'vn1', amountMinor: 5_00 }] } }),
  });
  // It is what is planned: that somebody was ill doesn't make it cheaper.
  await note('Vera', 'Rehearsal', { status: 'absent' });
  const whole = await api.estimate({ org: slug, params });
  expect(
    whole.needs.map(({ title, places, open, filledMinor, openMinor }) => [title, places, open, filledMinor, openMinor]),
  ).toEqual([
    ['Principal flute', 1, 0, 240_00 + 48_00 + 28_80, 0],
    ['Harp', 1, 0, 0, 0],
    ['First violin', 2, 1, 245_00, 245_00],
  ]);
  expect(whole.totalMinor).toBe(240_00 + 48_00 + 28_80 + 490_00);
  const violin = { id: needs['First violin'] ?? '' };
  const one = await api.estimateNeed({ org: slug, params: violin, body: {} });
  expect(one).toMatchObject({ services: 2, person: { totalMinor: 245_00 }, need: { totalMinor: 490_00, open: 1 } });
  const concert = await api.estimateNeed({
    org: slug,
    params: violin,
    body: { scheduleItemIds: [services['Concert'] ?? ''] },
  });
  expect(concert).toMatchObject({ services: 1, person: { totalMinor: 125_00 } });
  await expect(
    api.estimateNeed({ org: slug, params: violin, body: { scheduleItemIds: [violin.id] } }),
  ).rejects.toMatchObject({ fields: [{ field: 'scheduleItemIds.0' }] });
  await expect(api.estimateNeed({ org: slug, params, body: {} })).rejects.toMatchObject({ status: 404 });
});

test('who plays sees what they got, and nothing else', async () => {
  const { org, slug, people, params, addScale, sheet, approve } = await stage('mine');
  await addScale();
  await approve((await sheet()).seen);
  const crew = await addPerson(app, { role: 'crew', org });
  await inOrg(org, (tx) =>
    tx.query('update resources set user_id = $3 where org_id = $1 and id = $2', [org.id, people['Vera'], crew.userId]),
  );
  const api = createClient(pay, { baseUrl: app.baseUrl, headers: { cookie: crew.cookie, origin: app.baseUrl } });
  const { items } = await api.mine({ org: slug });
  expect(items).toMatchObject([
    { title: 'Spring', sheet: { revision: 1 }, person: { name: 'Vera', totalMinor: 240_00 } },
  ]);
  expect(JSON.stringify(items)).not.toContain('Flora');
  await expect(api.sheet({ org: slug, params })).rejects.toMatchObject({ status: 403 });
  await expect(api.scales({ org: slug })).rejects.toMatchObject({ status: 403 });
  expect((await app.client(pay, 'owner', org).mine({ org: slug })).items).toEqual([]);
});

test('who reads the history reads no pay by it; an approved sheet keeps its engagement', async () => {
  const { org, slug, params, people, addScale, sheet, approve, adjust } = await stage('kept');
  await addScale();
  await adjust(people['Vera'] ?? '', 77_77, 'Secret reason');
  await approve((await sheet()).seen);
  await expect(
    inOrg(org, (tx) => tx.query('delete from engagements where org_id = $1', [org.id])),
  ).rejects.toMatchObject({ constraint: 'pay_sheets_engagement_exists' });
  expect(await app.client(engagements, 'owner', org).get({ org: slug, params })).toBeDefined();
  const shown = await app.client(history, 'owner', org).list({ org: slug, query: { limit: 200 } });
  expect(JSON.stringify(shown)).toContain('Secret reason');
});
