import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ResourceKind } from '#features/scheduling/resources/contract.ts';
import { planRows, type KnownResource, type PlannedResource } from './rules-csv-plan.ts';
import type { RowValues } from './rules-csv-values.ts';

let made = 0;
const newId = () => `new-${++made}`;
const row = (values: Partial<RowValues>): RowValues => ({
  line: 2,
  name: 'Ada',
  skills: [],
  tags: [],
  roles: [],
  ...values,
});
const rows = (...all: Partial<RowValues>[]) => all.map((values, index) => row({ line: index + 2, ...values }));
const asKnown = (resource: PlannedResource): KnownResource => ({
  ...resource,
  version: 1,
  zone: resource.zone || 'UTC',
  archived: false,
});
const plan = (all: RowValues[], known: KnownResource[] = [], kind: ResourceKind = 'person') =>
  planRows(kind, all, known, newId);
const existing = (values: Partial<KnownResource>): KnownResource => {
  const [created] = plan([row({})]).creates;
  if (!created) throw new Error('A new row makes a resource.');
  return { ...asKnown(created), ...values };
};

test('a row means the one with its reference, else with its address, else with its name', () => {
  const ref = existing({ id: 'ref', name: 'Ada', externalRef: 'r1', email: 'old@x.org' });
  const mail = existing({ id: 'mail', name: 'Ada', email: 'ada@x.org' });
  const name = existing({ id: 'name', name: 'Bob' });
  const known = [ref, mail, name];
  const found = (values: Partial<RowValues>) =>
    plan([row({ phone: '1', ...values })], known).updates.map(({ id }) => id);
  expect(found({ externalRef: 'r1', email: 'ada@x.org' })).toEqual(['ref']);
  expect(found({ externalRef: 'r2', email: 'ADA@x.org' })).toEqual(['mail']);
  expect(found({ name: 'bob' })).toEqual(['name']);
  expect(found({ name: 'Bob', email: 'bob@x.org' })).toEqual(['name']);
  expect(plan([row({ name: 'Ada', email: 'third@x.org' })], known).creates).toHaveLength(1);
  expect(plan([row({ name: 'Ada' })], known).problems[0]?.message).toMatch(/Several are called Ada/);
  expect(plan([row({ externalRef: 'r1' })], known, 'place').problems[0]?.message).toMatch(/belongs to a person/);
});

test('empty cells change nothing; skills and tags are added; a known level stays', () => {
  const known = existing({ phone: '1', skills: [{ skill: 'Violin', level: 5 }], tags: ['a'] });
  expect(plan([row({ skills: [{ skill: 'Violin', level: undefined }], tags: ['a'] })], [known])).toMatchObject({
    unchanged: 1,
    updates: [],
  });
  const [changed] = plan([row({ skills: [{ skill: 'Viola', level: undefined }], tags: ['b'] })], [known]).updates;
  expect(changed).toMatchObject({
    phone: '1',
    tags: ['a', 'b'],
    skills: [
      { skill: 'Violin', level: 5 },
      { skill: 'Viola', level: 3 },
    ],
  });
});

test('the archived are found by reference only', () => {
  const gone = existing({ externalRef: 'r', archived: true });
  expect(plan([row({})], [gone]).creates).toHaveLength(1);
  expect(plan([row({ externalRef: 'r' })], [gone])).toMatchObject({ creates: [], unchanged: 1 });
});

test('parents: of the file or known, one by name, never in a circle', () => {
  const hall = existing({ id: 'hall', kind: 'place', name: 'Hall' });
  const { creates, problems } = plan(
    rows({ name: 'Stage', parent: 'hall' }, { name: 'Pit', parent: 'Stage' }),
    [hall],
    'place',
  );
  expect(problems).toEqual([]);
  expect(creates[0]?.parentId).toBe('hall');
  expect(creates[1]?.parentId).toBe(creates[0]?.id);
  const circle = plan(rows({ name: 'A', parent: 'B' }, { name: 'B', parent: 'A' }), [], 'place');
  expect(circle.problems.map(({ row: line }) => line)).toEqual([2, 3]);
  const above = existing({ id: 'above', kind: 'place', name: 'Above', parentId: 'hall' });
  expect(plan(rows({ name: 'Hall', parent: 'Above' }), [hall, above], 'place').problems).toHaveLength(1);
  expect(plan(rows({ name: 'A', parent: 'Nowhere' }), [], 'place').problems[0]?.message).toMatch(
    /no place called “Nowhere”/,
  );
});

test('a row that another row of the file would make ambiguous wants a reference', () => {
  const known = [
    existing({ id: 'bob', name: 'Bob', email: 'b@x.org', externalRef: '1' }),
    existing({ id: 'ada', name: 'Ada', email: 'b@x.org', externalRef: '2' }),
  ];
  const file = rows({ name: 'Ada', externalRef: '1' }, { name: 'Ada', email: 'b@x.org' });
  expect(plan(file, known).problems).toMatchObject([
    { row: 3, message: expect.stringContaining('Give its reference') },
  ]);
});

const anyRow = fc.record(
  {
    name: fc.constantFrom('Ada', 'Bob', 'ada'),
    email: fc.constantFrom('a@x.org', 'b@x.org', undefined),
    externalRef: fc.constantFrom('1', '2', undefined),
    phone: fc.constantFrom('1', undefined),
  },
  { requiredKeys: ['name'] },
);

test('whatever goes in without a problem, goes in once: the second run finds every row unchanged', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 4 }), fc.array(anyRow, { maxLength: 4 }), (before, after) => {
      const first = plan(rows(...before));
      const known = first.problems.length === 0 ? first.creates.map(asKnown) : [];
      const second = plan(rows(...after), known);
      fc.pre(second.problems.length === 0);
      const changed = new Map(second.updates.map((resource) => [resource.id, asKnown(resource)]));
      const now = [...known.map((resource) => changed.get(resource.id) ?? resource), ...second.creates.map(asKnown)];
      fc.pre(distinctFields(now));
      expect(plan(rows(...after), now)).toMatchObject({
        creates: [],
        updates: [],
        unchanged: after.length,
        problems: [],
      });
    }),
    { numRuns: 2_000 },
  );
});

/** References are unique in the database. */
function distinctFields(resources: readonly KnownResource[]): boolean {
  const refs = resources.flatMap(({ externalRef }) => externalRef ?? []);
  return new Set(refs).size === refs.length;
}
