import { expect, test } from 'vitest';
import { packs } from '#features/organisations/packs/packs.ts';
import type { Change } from '../contract.ts';
import { auditSentence } from './audit-words.ts';

const said = (fields: Partial<Change>) =>
  auditSentence(
    {
      id: 1,
      entity: 'engagements',
      entityId: 'e',
      label: null,
      version: 1,
      operation: 'update',
      before: null,
      after: null,
      hidden: [],
      actor: 'user:1',
      actorName: 'Ada',
      realActor: null,
      realActorName: null,
      session: null,
      address: null,
      reason: null,
      requestId: null,
      undoable: false,
      at: '2026-05-01T00:00:00.000Z',
      ...fields,
    },
    { pack: packs.orchestra, zone: 'UTC', nameOf: () => undefined },
  );

test('what was done, of every kind of record', () => {
  expect(said({ operation: 'insert', after: { title: 'A' } })).toBe('created the concert');
  expect(said({ before: { title: 'A' }, after: { title: 'B' } })).toBe('renamed the concert from “A” to “B”');
  expect(said({ before: { stage: 'planned' }, after: { stage: 'held' } })).toBe('changed stage of the concert');
  expect(said({ entity: 'claims', before: { rank: 2 }, after: { rank: 1 } })).toBe('moved a hold to 1st place');
  expect(said({ entity: 'resources', before: { challengeHours: 1 }, after: { challengeHours: 2 } })).toBe(
    'changed challenge hours of a resource',
  );
  expect(said({ entity: 'resources', before: {}, after: {}, hidden: ['rateMinor'] })).toBe(
    'changed fields that you may not see of a resource',
  );
  expect(said({ entity: 'resources', before: {}, after: { userId: 'u', name: 'A' } })).toBe(
    'changed account and name of a resource',
  );
  expect(said({ entity: 'time_off', operation: 'insert', after: {} })).toBe('added time off');
});

test('members, keys and support', () => {
  expect(said({ entity: 'memberships', operation: 'insert', after: { role: 'property_manager' } })).toBe(
    'let somebody in as property manager',
  );
  expect(said({ entity: 'memberships', label: 'Ada', before: { role: 'staff' }, after: { role: 'manager' } })).toBe(
    'made Ada manager',
  );
  expect(said({ entity: 'memberships', label: 'Ada', before: { role: 'staff' }, after: { role: 'custom' } })).toBe(
    'gave Ada a role of your own',
  );
  const joined = { role: 'crew', userId: '1' };
  expect(said({ entity: 'memberships', operation: 'insert', label: 'Ada', after: joined })).toBe('joined as crew');
  expect(said({ entity: 'memberships', operation: 'delete', before: joined })).toBe('left the organisation');
  expect(said({ entity: 'api_keys', label: 'API key “x”', after: { revokedAt: 'x' } })).toBe('revoked the API key “x”');
  expect(said({ entity: 'organisations', before: { zone: 'UTC' }, after: { zone: 'Europe/Berlin' } })).toBe(
    'changed zone of the organisation',
  );
});

test('access: refused, looked at, exported', () => {
  const after = { method: 'GET', route: '/api/v1/orgs/:org/history' };
  expect(said({ entity: 'access', operation: 'denied', after })).toBe('tried GET /history and was refused');
  expect(said({ entity: 'access', operation: 'looked', after })).toBe('looked: GET /history');
  const asked = { method: 'GET', route: '/api/v1/orgs/:org/claims?limit=20' };
  expect(said({ entity: 'access', operation: 'looked', after: asked })).toBe('looked: GET /claims');
  expect(said({ entity: 'access', operation: 'looked', after: { export: 'history', changes: 3 } })).toBe(
    'exported 3 changes of this trail',
  );
  expect(said({ entity: 'personal_details', operation: 'looked', after: { fields: ['bankAccount'] } })).toBe(
    'looked at bank account',
  );
});
