import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type Client } from '#platform/client/client.ts';
import type { Contract } from '#platform/contract/contract.ts';
import { withClient } from '#platform/test/connection.ts';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp, type TestOrganisation } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { identity } from '#features/identity/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { organisations } from '../contract.ts';
import { invitations } from '../invitations/contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

function as<C extends Contract>(contract: C, { cookie }: Person): Client<C> {
  return createClient(contract, { baseUrl: app.baseUrl, headers: { cookie } });
}

/** An organisation of its own with a person in each of these roles. */
async function house(slug: string, ...roles: ('owner' | 'manager' | 'staff' | 'crew' | 'client')[]) {
  const org = await app.addOrganisation(slug);
  const people: Person[] = [];
  for (const role of roles) people.push(await addPerson(app, { role, org }));
  return { org, people };
}

const made = async (org: TestOrganisation, owner: Person, name: string, permissions: string[]) =>
  as(organisations, owner).createRole({ org: org.slug, body: { name, permissions } });

describe('members', () => {
  test('two owners who demote each other at once leave one', async () => {
    const { org, people } = await house('two-owners', 'owner', 'owner');
    const [one, two] = people as [Person, Person];
    const demote = (by: Person, whom: Person) =>
      as(organisations, by).changeMember({
        org: org.slug,
        params: { userId: whom.userId },
        body: { role: 'staff' },
      });
    const results = await Promise.allSettled([demote(one, two), demote(two, one), demote(one, one), demote(two, two)]);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    for (const result of results)
      // No owner (any more), or the last one.
      if (result.status === 'rejected') expect([403, 409]).toContain(result.reason.status);
    const { items } = await app.client(organisations, 'owner', org).listMembers({ org: org.slug });
    expect(items.filter(({ role }) => role === 'owner')).toHaveLength(1);
  });

  test('nobody grants what they lack, nor changes or removes who may more', async () => {
    const { org, people } = await house('above', 'owner', 'manager', 'staff');
    const [owner, manager, staff] = people as [Person, Person, Person];
    const office = await made(org, owner, 'Office', ['members.read', 'members.manage', 'claims.read']);
    await as(organisations, owner).changeMember({
      org: org.slug,
      params: { userId: staff.userId },
      body: { role: 'custom', customRoleId: office.id },
    });
    const clerk = as(organisations, staff);
    const role = (userId: string, body: { role: 'owner' | 'staff' | 'custom'; customRoleId?: string }) =>
      clerk.changeMember({ org: org.slug, params: { userId }, body });
    const tooHigh = { status: 403, code: 'role_too_high' };
    await expect(role(manager.userId, { role: 'custom', customRoleId: office.id })).rejects.toMatchObject(tooHigh);
    await expect(role(staff.userId, { role: 'owner' })).rejects.toMatchObject(tooHigh);
    await expect(role(staff.userId, { role: 'staff' })).rejects.toMatchObject(tooHigh);
    await expect(clerk.removeMember({ org: org.slug, params: { userId: owner.userId } })).rejects.toMatchObject(
      tooHigh,
    );
    await expect(
      clerk.createRole({ org: org.slug, body: { name: 'Mine', permissions: ['resources.rates'] } }),
    ).rejects.toMatchObject(tooHigh);
    await expect(
      clerk.changeRole({
        org: org.slug,
        params: { id: office.id },
        body: { version: 1, permissions: ['members.manage', 'engagements.write'] },
      }),
    ).rejects.toMatchObject(tooHigh);
  });

  test('who may not see everybody’s own things says of nobody, themselves least, whose account they are', async () => {
    const { org, people } = await house('links', 'owner', 'staff');
    const [owner, staff] = people as [Person, Person];
    const permissions = ['members.manage', 'resources.read', 'invitations.manage', 'personalDetails.identity:own'];
    const office = await made(org, owner, 'Office', permissions);
    await as(organisations, owner).changeMember({
      org: org.slug,
      params: { userId: staff.userId },
      body: { role: 'custom', customRoleId: office.id },
    });
    const params = {
      id: (await as(resources, owner).create({ org: org.slug, body: { kind: 'person', name: 'Ben' } })).id,
    };
    const link = (by: Person, userId: string | null) =>
      as(organisations, by).linkResource({ org: org.slug, params, body: { userId } });
    await expect(link(staff, staff.userId)).rejects.toMatchObject({ code: 'role_too_high' });
    await expect(
      as(invitations, staff).invite({
        org: org.slug,
        body: { email: 'links@example.com', role: 'custom', customRoleId: office.id, resourceId: params.id },
      }),
    ).rejects.toMatchObject({ code: 'role_too_high' });
    await link(owner, staff.userId);
    await link(staff, null);
  });

  test('a role with every permission still makes no owner', async () => {
    const { org, people } = await house('almost', 'owner', 'staff');
    const [owner, staff] = people as [Person, Person];
    const { clauses } = await as(organisations, owner).listRoles({ org: org.slug });
    const all = await made(
      org,
      owner,
      'Everything',
      clauses.map(({ permission }) => permission),
    );
    const params = { userId: staff.userId };
    await as(organisations, owner).changeMember({
      org: org.slug,
      params,
      body: { role: 'custom', customRoleId: all.id },
    });
    await expect(
      as(organisations, staff).changeMember({ org: org.slug, params, body: { role: 'owner' } }),
    ).rejects.toMatchObject({ code: 'role_too_high' });
    await expect(
      as(organisations, staff).removeMember({ org: org.slug, params: { userId: owner.userId } }),
    ).rejects.toMatchObject({ code: 'role_too_high' });
  });

  test('a member leaves; the last owner stays', async () => {
    const { org, people } = await house('leaving', 'owner', 'crew');
    const [owner, crew] = people as [Person, Person];
    await as(organisations, crew).leave({ params: { id: org.id } });
    await expect(as(organisations, crew).get({ org: org.slug })).rejects.toMatchObject({ status: 404 });
    await expect(as(organisations, crew).leave({ params: { id: org.id } })).rejects.toMatchObject({ status: 404 });
    await expect(as(organisations, owner).leave({ params: { id: org.id } })).rejects.toMatchObject({
      code: 'last_owner',
    });
  });

  test('second factor and last seen are for who manages members', async () => {
    const { org, people } = await house('glance', 'owner', 'staff');
    const [owner, staff] = people as [Person, Person];
    const [seen] = (await as(organisations, owner).listMembers({ org: org.slug })).items;
    expect(seen).toMatchObject({ secondFactor: false, lastSeenAt: expect.any(String) });
    const [hidden] = (await as(organisations, staff).listMembers({ org: org.slug })).items;
    expect(hidden).toMatchObject({ secondFactor: null, lastSeenAt: null, email: expect.any(String) });
  });

  test('what was done is in the organisation’s own record, with who did it', async () => {
    const { org, people } = await house('recorded', 'owner', 'staff');
    const [owner, staff] = people as [Person, Person];
    await as(organisations, owner).changeMember({
      org: org.slug,
      params: { userId: staff.userId },
      body: { role: 'manager' },
    });
    await app.app.relay.settled();
    const recorded = await withClient(app.adminUrl.tenant, (client) =>
      client.query(
        `select actor, session, after from changes
          where org_id = $1 and entity = 'memberships' and operation = 'update' and entity_id = $2`,
        [org.id, staff.userId],
      ),
    );
    expect(recorded.rows).toEqual([
      { actor: `user:${owner.userId}`, session: expect.any(String), after: { role: 'manager' } },
    ]);
  });
});

describe('roles of one’s own', () => {
  test('a custom role works at once, changes at once, and one’s own things stay one’s own', async () => {
    const { org, people } = await house('stagehands', 'owner', 'staff');
    const [owner, staff] = people as [Person, Person];
    const role = await made(org, owner, 'Stagehand', ['engagements.read:own']);
    expect(role.permissions).toContain('organisation.read');
    const params = { userId: staff.userId };
    await as(organisations, owner).changeMember({
      org: org.slug,
      params,
      body: { role: 'custom', customRoleId: role.id },
    });
    const hand = as(engagements, staff);
    expect((await hand.list({ org: org.slug, query: {} })).total).toBe(0);
    const body = { title: 'X', startsAt: '2031-01-01T10:00:00Z', endsAt: '2031-01-01T12:00:00Z' };
    await expect(hand.create({ org: org.slug, body })).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('Stagehand'),
    });
    await as(organisations, owner).changeRole({
      org: org.slug,
      params: { id: role.id },
      body: { version: 1, permissions: ['engagements.read', 'engagements.write'] },
    });
    await hand.create({ org: org.slug, body });
    expect((await hand.list({ org: org.slug, query: {} })).total).toBe(1);
    const me = await as(identity, staff).me({});
    expect(me.organisations[0]).toMatchObject({ role: 'custom', roleName: 'Stagehand' });
  });

  test('names are unique, whatever their case, and none is that of a built-in role', async () => {
    const { org, people } = await house('names', 'owner');
    const [owner] = people as [Person];
    await made(org, owner, 'Runner', ['claims.read']);
    await expect(made(org, owner, 'RUNNER', ['claims.read'])).rejects.toMatchObject({ code: 'duplicate' });
    await expect(made(org, owner, 'Property Manager', ['claims.read'])).rejects.toMatchObject({ status: 400 });
    await expect(made(org, owner, 'Odd', ['claims.fly'])).rejects.toMatchObject({ status: 400 });
    await expect(made(org, owner, 'Odd', ['members.manage:own'])).rejects.toMatchObject({ status: 400 });
    const again = await Promise.allSettled(
      Array.from({ length: 8 }, () => made(org, owner, 'At once', ['claims.read'])),
    );
    expect(again.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('one in use isn’t deleted and says who has it; a revoked key survives it', async () => {
    const { org, people } = await house('in-use', 'owner', 'staff');
    const [owner, staff] = people as [Person, Person];
    const api = as(organisations, owner);
    const role = await made(org, owner, 'Desk', ['claims.read']);
    const grant = { role: 'custom' as const, customRoleId: role.id };
    await api.changeMember({ org: org.slug, params: { userId: staff.userId }, body: grant });
    const key = await as(identity, owner).createApiKey({ org: org.slug, body: { name: 'Screen', ...grant } });
    expect(key.apiKey.roleName).toBe('Desk');
    const remove = () => api.removeRole({ org: org.slug, params: { id: role.id } });
    await expect(remove()).rejects.toMatchObject({
      code: 'role_in_use',
      message: expect.stringContaining('staff and Screen'),
    });
    await api.changeMember({ org: org.slug, params: { userId: staff.userId }, body: { role: 'staff' } });
    await as(identity, owner).revokeApiKey({ org: org.slug, params: { id: key.apiKey.id } });
    await remove();
    const { items } = await as(identity, owner).listApiKeys({ org: org.slug });
    expect(items.find(({ name }) => name === 'Screen')).toMatchObject({ role: 'custom', customRoleId: null });
  });

  test('two editors of a role: the second looks again', async () => {
    const { org, people } = await house('editors', 'owner');
    const [owner] = people as [Person];
    const role = await made(org, owner, 'Desk', ['claims.read']);
    const rename = (name: string) =>
      as(organisations, owner).changeRole({ org: org.slug, params: { id: role.id }, body: { version: 1, name } });
    const results = await Promise.allSettled([rename('Front desk'), rename('Back desk')]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('API keys are for the organisation’s own people only', async () => {
    const { org, people } = await house('keys', 'owner');
    const [owner] = people as [Person];
    const key = (role: string) =>
      fetch(`${app.baseUrl}/api/v1/orgs/${org.slug}/api-keys`, {
        method: 'POST',
        headers: { cookie: owner.cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ name: role, role }),
      });
    for (const role of ['crew', 'promoter', 'client']) expect((await key(role)).status).toBe(400);
    expect((await key('manager')).status).toBe(201);
    // A custom role of another organisation is none.
    const elsewhere = await house('keys-elsewhere', 'owner');
    const foreign = await made(elsewhere.org, elsewhere.people[0] as Person, 'Theirs', ['claims.read']);
    await expect(
      as(identity, owner).createApiKey({
        org: org.slug,
        body: { name: 'x', role: 'custom', customRoleId: foreign.id },
      }),
    ).rejects.toMatchObject({ status: 400 });
  });
});

describe('who an account is', () => {
  test('a member is one person; who isn’t a member is none', async () => {
    const { org, people } = await house('persons', 'owner', 'crew');
    const [owner, crew] = people as [Person, Person];
    const add = (name: string, kind: 'person' | 'place' = 'person') =>
      as(resources, owner).create({ org: org.slug, body: { kind, name } });
    const [ada, ben, hall] = [await add('Ada'), await add('Ben'), await add('Hall', 'place')];
    const api = as(organisations, owner);
    const link = (id: string, userId: string | null) =>
      api.linkResource({ org: org.slug, params: { id }, body: { userId } });
    await link(ada.id, crew.userId);
    expect((await as(resources, crew).list({ org: org.slug, query: {} })).total).toBe(1);
    const member = (await api.listMembers({ org: org.slug })).items.find(({ userId }) => userId === crew.userId);
    expect(member?.persons).toEqual([{ kind: 'resource', id: ada.id, name: 'Ada' }]);
    await expect(link(ben.id, crew.userId)).rejects.toMatchObject({ code: 'account_linked', status: 409 });
    await expect(link(hall.id, crew.userId)).rejects.toMatchObject({ status: 400 });
    await expect(link(ben.id, randomUUID())).rejects.toMatchObject({ status: 400 });
    await expect(link(randomUUID(), null)).rejects.toMatchObject({ status: 404 });
    await link(ada.id, null);
    expect((await as(resources, crew).list({ org: org.slug, query: {} })).total).toBe(0);
    const party = await as(parties, owner).create({ org: org.slug, body: { name: 'Cleo' } });
    await api.linkParty({ org: org.slug, params: { id: party.id }, body: { userId: crew.userId } });
    await expect(
      as(organisations, crew).linkParty({ org: org.slug, params: { id: party.id }, body: { userId: null } }),
    ).rejects.toMatchObject({ status: 403 });
  });
});
