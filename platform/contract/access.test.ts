import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Access, Policy } from './access.ts';
import { defineContract } from './contract.ts';

const contract = defineContract({
  name: 'boats',
  permissions: {
    'boats.read': { may: 'see boats', roles: ['owner', 'manager'], own: ['crew'] },
    'boats.sink': { may: 'sink boats', roles: ['owner'] },
  },
  routes: {
    list: { method: 'GET', path: '/boats', permission: 'boats.read', own: true, summary: 'Boats.' },
    sink: { method: 'DELETE', path: '/boats/:id', permission: 'boats.sink', summary: 'Sinks one.' },
  },
});
const policy = new Policy([contract]);

test('a role has what its clauses say, for everything or for its own things', () => {
  expect(policy.ofRole('owner').toList()).toEqual(['boats.read', 'boats.sink']);
  const crew = policy.ofRole('crew');
  expect(crew.toList()).toEqual(['boats.read:own']);
  expect([crew.can('boats.read'), crew.can('boats.read', 'own'), crew.can('boats.sink', 'own')]).toEqual([
    false,
    true,
    false,
  ]);
  expect(policy.ofRole('client').toList()).toEqual([]);
});

test('the clauses say where one’s own things are known', () => {
  expect(policy.clauses).toEqual([
    { permission: 'boats.read', may: 'see boats', ownable: true },
    { permission: 'boats.sink', may: 'sink boats', ownable: false },
  ]);
});

test('a permission of a custom role that no contract knows any more gives nothing', () => {
  expect(policy.ofPermissions(['boats.read:own', 'planes.crash']).toList()).toEqual(['boats.read:own']);
});

test('one permission is named once', () => {
  expect(() => new Policy([contract, { ...contract, name: 'ships' }])).toThrow('boats.read');
});

test('nobody covers more than they have, and everything covers itself', () => {
  const list = fc.array(fc.constantFrom<string>('a.x', 'a.x:own', 'b.x', 'b.x:own', 'c.x'));
  fc.assert(
    fc.property(list, list, (mine, theirs) => {
      const [own, other] = [Access.ofList(mine), Access.ofList(theirs)];
      const lacks = theirs.some((permission) => {
        const wide = permission.replace(':own', '');
        return !mine.includes(wide) && !(permission !== wide && mine.includes(permission));
      });
      expect(own.covers(other)).toBe(!lacks);
      expect(own.covers(own)).toBe(true);
      expect(Access.ofList(own.toList()).toList()).toEqual(own.toList());
    }),
  );
});
