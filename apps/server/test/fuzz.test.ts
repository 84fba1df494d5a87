import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { routePath } from '#platform/contract/contract.ts';
import { openApiDocument } from '#platform/contract/openapi.ts';
import { engagements } from '#features/engagements/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { contracts } from '../features.ts';
import { startTestApp, type TestApp } from './test-app.ts';

/** Values that the OpenAPI document allows, nearly allows, and doesn't: no answer may be our fault (5xx). */
type Schema = Record<string, unknown>;

let app: TestApp;
/** Ids of things that exist, so that requests get past the look-up. */
let ids: string[];
beforeAll(async () => {
  app = await startTestApp();
  const made = await Promise.all(
    ['person', 'place', 'thing'].map((kind) =>
      app.client(resources).create({ org: 'test', body: { kind: kind as 'person', name: kind } }),
    ),
  );
  const body = { title: 'Fuzzed', startsAt: '2029-03-01T10:00:00Z', endsAt: '2029-03-01T12:00:00Z' };
  ids = [...made.map(({ id }) => id), (await app.client(engagements).create({ org: 'test', body })).id];
});
afterAll(() => app.stop());

const document = openApiDocument(contracts, 'fuzz') as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};
interface Operation {
  parameters: { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
}

const nasty = fc.constantFrom<unknown>(
  '',
  ' ',
  '\u0000',
  '\ud800',
  '💥'.repeat(300),
  'x'.repeat(20_000),
  "'; drop table claims; --",
  '%',
  '../..',
  '=1+1',
  -1,
  0,
  1e308,
  Number.MAX_SAFE_INTEGER,
  2_147_483_648,
  0.1,
  true,
  null,
  [],
  {},
  '9999-12-31T23:59:59Z',
  '0000-01-01T00:00:00Z',
  '2029-02-30T10:00:00Z',
  'infinity',
  'NaN',
  '2029-03-01T10:00:00+23:59',
  '00000000-0000-0000-0000-000000000000',
);

function valuesOf(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  const reference = schema['$ref'];
  if (typeof reference === 'string')
    return valuesOf(document.components.schemas[reference.split('/').at(-1) ?? ''] ?? {}, depth);
  return fc.oneof({ weight: 12, arbitrary: soundOf(schema, depth) }, { weight: 1, arbitrary: nasty });
}

function soundOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if (choices) return fc.oneof(...choices.map((choice) => valuesOf(choice, depth)));
  switch (schema['type']) {
    case 'object': {
      const properties = Object.entries((schema['properties'] as Record<string, Schema> | undefined) ?? {});
      const required = (schema['required'] as string[] | undefined) ?? [];
      return fc.record(Object.fromEntries(properties.map(([name, one]) => [name, valuesOf(one, depth + 1)])), {
        requiredKeys: required,
      });
    }
    case 'array':
      return fc.array(valuesOf((schema['items'] as Schema | undefined) ?? {}, depth + 1), { maxLength: 3 });
    case 'integer':
      return fc.integer({
        min: Number(schema['minimum'] ?? -5),
        max: Math.min(Number(schema['maximum'] ?? 2_000), 100_000),
      });
    case 'number':
      return fc.double({ noNaN: true, min: -200, max: 200 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return stringsOf(schema);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function stringsOf(schema: Schema): fc.Arbitrary<string> {
  switch (schema['format']) {
    case 'uuid':
      return fc.oneof(fc.constantFrom(...ids), fc.uuid());
    case 'date-time':
      return fc.integer({ min: 0, max: 48 }).map((n) => new Date(Date.UTC(2029, 2, 1) + n * 1_800_000).toISOString());
    case 'email':
      return fc.emailAddress();
    case 'uri':
      return fc.constant('https://calendar.invalid/a.ics');
    default:
      return fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.constantFrom('Europe/Berlin', 'EUR', 'Violin', 'confirmed', 'name\nAda\nBen;C'),
      );
  }
}

const runs = Number(process.env['FUZZ'] ?? 1_500);
const routes = contracts
  .flatMap(({ routes: all }) => Object.values(all))
  .filter((route) => (route.scope ?? 'org') === 'org');
/** Left out: they would end the credential or the organisation that the others work with. */
const sparing = routes.filter(
  ({ path, method }) => !(path.startsWith('/api-keys') && method === 'DELETE') && !path.startsWith('/imports/nyphil'),
);

test(`${runs} generated requests: no answer is our fault`, async () => {
  const request = fc.constantFrom(...sparing).chain((route) => {
    const operation = document.paths[routePath(route).replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
    const query = operation?.parameters.filter((one) => one.in === 'query') ?? [];
    const schema = operation?.requestBody?.content['application/json'].schema;
    return fc.record({
      route: fc.constant(route),
      id: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...ids) },
        { weight: 1, arbitrary: fc.constantFrom('x', '%00', '..', '1') },
      ),
      query: fc.record(Object.fromEntries(query.map(({ name, schema: one }) => [name, valuesOf(one)])), {
        requiredKeys: [],
      }),
      body: schema ? valuesOf(schema) : fc.constant(undefined),
    });
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ route, id, query, body }) => {
      const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
      const response = await fetch(
        `${app.baseUrl}${routePath(route).replace(':org', 'test').replace(/:\w+/g, id)}?${search}`,
        {
          method: route.method,
          headers: {
            authorization: `Bearer ${app.org.keys.owner}`,
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        },
      );
      const text = await response.text();
      expect(response.status, `${route.method} ${route.path} ${JSON.stringify({ query, body })}\n${text}`).toBeLessThan(
        500,
      );
    }),
    { numRuns: runs },
  );
});
