import fc from 'fast-check';
import { document, operationOf, type Schema } from './routes.ts';
import { routePath, type Route } from '#platform/contract/contract.ts';

/** Values that the OpenAPI document allows, nearly allows, and doesn't. Ids are mostly among those given. */
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

export function valuesOf(schema: Schema, ids: readonly string[], depth = 0): fc.Arbitrary<unknown> {
  const reference = schema['$ref'];
  if (typeof reference === 'string')
    return valuesOf(document.components.schemas[reference.split('/').at(-1) ?? ''] ?? {}, ids, depth);
  return fc.oneof({ weight: 12, arbitrary: soundOf(schema, ids, depth) }, { weight: 1, arbitrary: nasty });
}

function soundOf(schema: Schema, ids: readonly string[], depth: number): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if (choices) return fc.oneof(...choices.map((choice) => valuesOf(choice, ids, depth)));
  switch (schema['type']) {
    case 'object': {
      const properties = Object.entries((schema['properties'] as Record<string, Schema> | undefined) ?? {});
      const required = (schema['required'] as string[] | undefined) ?? [];
      return fc.record(Object.fromEntries(properties.map(([name, one]) => [name, valuesOf(one, ids, depth + 1)])), {
        requiredKeys: required,
      });
    }
    case 'array':
      return fc.array(valuesOf((schema['items'] as Schema | undefined) ?? {}, ids, depth + 1), { maxLength: 3 });
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
      return stringsOf(schema, ids);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function stringsOf(schema: Schema, ids: readonly string[]): fc.Arbitrary<string> {
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

export interface Generated {
  route: Route;
  path: string;
  method: string;
  body: unknown;
}

/** A request for one of these routes, its ids among those given. */
export function requests(routes: readonly Route[], org: string, ids: readonly string[]): fc.Arbitrary<Generated> {
  return fc.constantFrom(...routes).chain((route) => {
    const operation = operationOf(route);
    const inQuery = operation.parameters.filter((one) => one.in === 'query');
    const schema = operation.requestBody?.content['application/json']?.schema;
    const query = fc.record(Object.fromEntries(inQuery.map(({ name, schema: one }) => [name, valuesOf(one, ids)])), {
      requiredKeys: [],
    });
    const id = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...ids) },
      { weight: 1, arbitrary: fc.constantFrom('x', '%00', '..', '1') },
    );
    return fc.record({ id, query, body: schema ? valuesOf(schema, ids) : fc.constant(undefined) }).map((made) => {
      const search = new URLSearchParams(Object.entries(made.query).map(([name, value]) => [name, String(value)]));
      const path = routePath(route).replace(':org', org).replace(/:\w+/g, made.id);
      return { route, method: route.method, path: `${path}?${search}`, body: made.body };
    });
  });
}
