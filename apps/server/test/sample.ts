/** Values that a JSON Schema of our OpenAPI document accepts, for tests that try every route. */

type Schema = Record<string, unknown>;

export interface SampleOptions {
  /** Every id in the sample. */
  id: string;
  /** Only what is required, or everything. */
  optional: boolean;
}

export function sampleOf(schema: Schema, schemas: Record<string, Schema>, options: SampleOptions): unknown {
  const reference = schema['$ref'];
  if (typeof reference === 'string')
    return sampleOf(schemas[reference.split('/').at(-1) ?? ''] ?? {}, schemas, options);
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if (choices?.[0]) return sampleOf(choices[0], schemas, options);
  if ('default' in schema && !options.optional) return schema['default'];
  switch (schema['type']) {
    case 'object':
      return sampleObject(schema, schemas, options);
    case 'array':
      return [sampleOf((schema['items'] as Schema | undefined) ?? {}, schemas, options)];
    case 'integer':
    case 'number':
      return Math.max(Number(schema['minimum'] ?? 1), 1);
    case 'boolean':
      return true;
    case 'string':
      return sampleString(schema, options);
    default:
      return 'anything';
  }
}

function sampleObject(
  schema: Schema,
  schemas: Record<string, Schema>,
  options: SampleOptions,
): Record<string, unknown> {
  const required = new Set((schema['required'] as string[] | undefined) ?? []);
  const properties = Object.entries((schema['properties'] as Record<string, Schema> | undefined) ?? {});
  const wanted = properties.filter(([name]) => options.optional || required.has(name));
  return Object.fromEntries(
    wanted.map(([name, property]) => [name, byName(name) ?? sampleOf(property, schemas, options)]),
  );
}

/** Fields whose meaning the schema can't say: an end lies after its start. */
function byName(name: string): unknown {
  const known: Record<string, unknown> = {
    startsAt: '2029-03-01T10:00:00.000Z',
    from: '2029-03-01T10:00:00.000Z',
    endsAt: '2029-03-01T12:00:00.000Z',
    to: '2029-03-01T12:00:00.000Z',
    startsMinute: 540,
    endsMinute: 1020,
    zone: 'Europe/Berlin',
    currency: 'EUR',
    rateCurrency: 'EUR',
    slug: 'sample-name',
  };
  return known[name];
}

function sampleString(schema: Schema, { id }: SampleOptions): string {
  switch (schema['format']) {
    case 'uuid':
      return id;
    case 'date-time':
      return '2029-03-01T10:00:00.000Z';
    case 'date':
      return '2029-03-01';
    case 'email':
      return 'sample@example.com';
    case 'uri':
      return 'https://calendar.example/sample.ics';
    default:
      return 'sample'.padEnd(Number(schema['minLength'] ?? 0), 'x');
  }
}
