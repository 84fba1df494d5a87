import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type Client } from '#platform/client/client.ts';
import type { Contract } from '#platform/contract/contract.ts';
import { withClient } from '#platform/test/connection.ts';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { ownTestApp, startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { history } from '#features/history/contract.ts';
import { identity } from '#features/identity/contract.ts';
import { organisations } from '../contract.ts';
import { setPlan } from './plans.ts';
import { dueForErasure, reopenOrganisation, resumeOrganisation, suspendOrganisation } from './standing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const operator = { actor: 'user:00000000-0000-0000-0000-000000000001', requestId: 'test' };

function as<C extends Contract>(contract: C, { cookie }: Person, of: TestApp = app): Client<C> {
  return createClient(contract, { baseUrl: of.baseUrl, headers: { cookie } });
}

/** An organisation of its own with a person in each of these roles. */
async function house(slug: string, ...roles: ('owner' | 'manager' | 'staff' | 'crew' | 'client')[]) {
  const org = await app.addOrganisation(slug);
  const people: Person[] = [];
  for (const role of roles) people.push(await addPerson(app, { role, org }));
  return { org, people };
}

describe('settings and plan', () => {
  test('whoever requires a second factor has one; programs may not', async () => {
    const { org, people } = await house('factor', 'owner', 'staff');
    const [owner, staff] = people as [Person, Person];
    const api = as(organisations, owner);
    const body = { required: true };
    await expect(api.requireSecondFactor({ org: org.slug, body })).rejects.toMatchObject({ code: 'factor_missing' });
    await expect(
      app.client(organisations, 'owner', org).requireSecondFactor({ org: org.slug, body }),
    ).rejects.toMatchObject({ code: 'step_up_required' });
    await app.databases.control
      .updateTable('sessions')
      .set({ factor: 'totp' })
      .where('user_id', '=', owner.userId)
      .execute();
    app.app.services.authenticator.forget();
    expect(await api.requireSecondFactor({ org: org.slug, body })).toMatchObject({ requiresSecondFactor: true });
    await expect(as(organisations, staff).get({ org: org.slug })).rejects.toMatchObject({
      code: 'second_factor_required',
    });
    await expect(as(identity, staff).me({})).resolves.toMatchObject({ user: { id: staff.userId } });
  });

  test('engagements beyond the plan are refused, at once too, and what is over doesn’t count', async () => {
    const { org, people } = await house('limited', 'owner');
    const [owner] = people as [Person];
    await withClient(app.adminUrl.control, (client) =>
      client.query("insert into plans (name, title, people, projects) values ('tiny', 'Tiny', 2, 3)"),
    );
    await setPlan(app.app.services, operator, org.id, 'tiny');
    await expect(setPlan(app.app.services, operator, org.id, 'none')).rejects.toMatchObject({ code: 'invalid_input' });
    const api = as(engagements, owner);
    const create = (title: string, year = 2031) =>
      api.create({
        org: org.slug,
        body: { title, startsAt: `${year}-01-01T10:00:00Z`, endsAt: `${year}-01-01T12:00:00Z` },
      });
    const past = await create('Past', 2001);
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => create(`At once ${index}`)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'limit_reached', status: 409 });
    await create('Past too', 2002);
    const { projects } = await as(organisations, owner).getPlan({ org: org.slug });
    expect(projects).toEqual({ used: 3, most: 3 });
    // Nor does the past become the future past the limit; other changes of what is there stay possible.
    await expect(
      api.change({
        org: org.slug,
        params: { id: past.id },
        body: { version: past.version, startsAt: '2031-02-01T10:00:00Z', endsAt: '2031-02-01T12:00:00Z' },
      }),
    ).rejects.toMatchObject({ code: 'limit_reached' });
    const [kept] = (await api.list({ org: org.slug, query: { from: '2030-01-01T00:00:00Z' } })).items;
    await api.change({
      org: org.slug,
      params: { id: kept?.id ?? '' },
      body: { version: 1, endsAt: '2031-01-01T13:00:00Z' },
    });
    // A lost one makes room; it comes back only where there is room.
    const lost = await api.setStage({
      org: org.slug,
      params: { id: kept?.id ?? '' },
      body: { version: 2, stage: 'cancelled' },
    });
    await create('In its place');
    await expect(
      api.setStage({ org: org.slug, params: { id: lost.id }, body: { version: lost.version, stage: 'planned' } }),
    ).rejects.toMatchObject({ code: 'limit_reached' });
    const { items: changes } = await as(history, owner).list({
      org: org.slug,
      query: { entityId: lost.id, operation: 'update', limit: 1 },
    });
    await expect(
      as(history, owner).undo({ org: org.slug, params: { changeId: changes[0]?.id ?? 0 }, body: {} }),
    ).rejects.toMatchObject({ code: 'limit_reached' });
    const back = await api.get({ org: org.slug, params: { id: lost.id } });
    expect(back.engagement.stage).toBe('cancelled');
  });
});

describe('suspended and closed', () => {
  test('a suspended organisation says why and opens again', async () => {
    const own = await ownTestApp();
    const owner = await addPerson(own, { role: 'owner' });
    const staff = await addPerson(own, { role: 'staff' });
    const { services } = own.app;
    await suspendOrganisation(services, operator, own.org.id, 'The bill of March is unpaid');
    const refused = {
      status: 403,
      code: 'organisation_suspended',
      message: expect.stringContaining('The bill of March is unpaid.'),
    };
    await expect(as(engagements, staff, own).list({ org: 'test', query: {} })).rejects.toMatchObject(refused);
    await expect(own.client(engagements).list({ org: 'test', query: {} })).rejects.toMatchObject(refused);
    await expect(as(organisations, owner, own).listMembers({ org: 'test' })).rejects.toMatchObject(refused);
    expect(await as(organisations, owner, own).get({ org: 'test' })).toMatchObject({
      suspended: 'The bill of March is unpaid.',
    });
    expect((await as(identity, staff, own).me({})).organisations).toMatchObject([
      { suspended: 'The bill of March is unpaid.' },
    ]);
    const stranger = await addPerson(own, { name: 'Stranger' });
    await expect(as(engagements, stranger, own).list({ org: 'test', query: {} })).rejects.toMatchObject({
      status: 404,
    });
    await expect(suspendOrganisation(services, operator, own.org.id, 'Again')).rejects.toMatchObject({
      code: 'not_found',
    });
    await resumeOrganisation(services, operator, own.org.id);
    expect((await as(engagements, staff, own).list({ org: 'test', query: {} })).total).toBe(0);
  });

  test('an owner closes it by its short name; operators open it again for thirty days', async () => {
    const own = await ownTestApp();
    const owner = await addPerson(own, { role: 'owner' });
    const manager = await addPerson(own, { role: 'manager' });
    const close = (who: Person, slug: string) => as(organisations, who, own).close({ org: 'test', body: { slug } });
    await expect(close(manager, 'test')).rejects.toMatchObject({ status: 403 });
    await expect(close(owner, 'tset')).rejects.toMatchObject({ status: 400 });
    await expect(own.client(organisations).close({ org: 'test', body: { slug: 'test' } })).rejects.toMatchObject({
      code: 'step_up_required',
    });
    await close(owner, 'test');
    const missing = await fetch(`${own.baseUrl}/api/v1/orgs/nowhere/engagements`, {
      headers: { cookie: owner.cookie },
    });
    const closed = await fetch(`${own.baseUrl}/api/v1/orgs/test/engagements`, { headers: { cookie: owner.cookie } });
    expect(closed.status).toBe(404);
    const told = async (response: Response) => ({
      ...((await response.json()) as object),
      instance: '',
      requestId: '',
    });
    expect(await told(closed)).toEqual(await told(missing));
    expect((await as(identity, owner, own).me({})).organisations).toEqual([]);
    const { services } = own.app;
    await reopenOrganisation(services, operator, own.org.id);
    expect((await as(engagements, owner, own).list({ org: 'test', query: {} })).total).toBe(0);
    await close(owner, 'test');
    expect(await dueForErasure(own.databases.control)).toEqual([]);
    await own.databases.controlPool.query(
      "update organisations set closed_at = now() - interval '31 days' where slug = 'test'",
    );
    expect(await dueForErasure(own.databases.control)).toEqual([own.org.id]);
    await expect(reopenOrganisation(services, operator, own.org.id)).rejects.toMatchObject({ code: 'too_late' });
  });
});
