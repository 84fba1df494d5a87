import * as z from 'zod';
import { restrictionOf } from './restricted.ts';
import { generalErrors } from './errors.ts';
import { routePath, type Contract, type Route } from './contract.ts';

type Json = Record<string, unknown>;

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    fields: {
      type: 'array',
      items: { type: 'object', properties: { field: { type: 'string' }, message: { type: 'string' } } },
    },
  },
};

/** The OpenAPI 3.1 document of all contracts: exactly the routes that the server mounts. */
export function openApiDocument(contracts: readonly Contract[], version: string): Json {
  const schemas: Json = { Problem: problem };
  const paths: Record<string, Json> = {};
  for (const contract of contracts) {
    for (const [name, route] of Object.entries(contract.routes)) {
      const path = routePath(route).replace(/:(\w+)/g, '{$1}');
      (paths[path] ??= {})[route.method.toLowerCase()] = operation(contract, name, route, schemas);
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Holdfast', version, description: 'Holds, commitments and dossiers. Errors are RFC 9457 problems.' },
    servers: [{ url: '/' }],
    tags: contracts.map(({ name }) => ({ name })),
    security: [{ apiKey: [] }, { session: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of one organisation.' },
        session: { type: 'apiKey', in: 'cookie', name: 'holdfast.session_token' },
      },
    },
  };
}

function operation(contract: Contract, name: string, route: Route, schemas: Json): Json {
  const scope = route.scope ?? 'org';
  const errors: Record<string, number> = { ...generalErrors, ...contract.errors };
  const codes = [
    'invalid_input',
    ...(scope === 'public' ? [] : ['unauthenticated', 'not_found']),
    ...(route.errors ?? []),
  ];
  const statuses = Object.groupBy(codes, (code) => String(errors[code]));
  const responses: Json = {
    [String(route.status ?? 200)]: {
      description: 'Done.',
      ...(route.output && { content: { 'application/json': { schema: schemaOf(route.output, 'output', schemas) } } }),
      ...(route.produces && { content: { [route.produces]: { schema: { type: 'string' } } } }),
    },
    default: problemResponse('Another error.'),
  };
  for (const [status, list] of Object.entries(statuses)) responses[status] = problemResponse(list?.join(', ') ?? '');
  return {
    operationId: `${contract.name}.${name}`,
    tags: [contract.name],
    summary: route.summary,
    ...needsOf(contract, route),
    ...(scope === 'public' && { security: [] }),
    parameters: [
      ...(scope === 'org' ? [parameter('org', 'path', { type: 'string', description: 'Slug or id.' }, true)] : []),
      ...parameters(route.params, 'path', schemas),
      ...parameters(route.query, 'query', schemas),
      ...(route.method === 'GET' || scope !== 'org' || route.idempotent === false
        ? []
        : [parameter('Idempotency-Key', 'header', { type: 'string', maxLength: 200 }, false)]),
    ],
    ...(route.stream && {
      requestBody: {
        required: true,
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
    }),
    ...(route.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(route.body, 'input', schemas) } },
      },
    }),
    responses,
  };
}

/** Who may call it, in words and for programs. */
function needsOf(contract: Contract, route: Route): Json {
  const clause = contract.permissions[route.permission ?? ''];
  const sentences = [
    ...(clause ? [`Needs \`${route.permission}\`: may ${clause.may}.`] : []),
    ...(route.own ? ['Those who have it for their own things only see and change no others.'] : []),
    ...(route.fresh ? ['Needs a person who has proved who they are within the last ten minutes.'] : []),
    ...(route.scope === 'operator' ? ['For operators of the installation.'] : []),
  ];
  return {
    ...(sentences.length > 0 && { description: sentences.join(' ') }),
    ...(route.permission && { 'x-permission': route.permission }),
  };
}

function problemResponse(description: string): Json {
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
}

function parameter(name: string, where: string, schema: Json, required: boolean): Json {
  return { name, in: where, required, schema };
}

function parameters(shape: z.ZodObject | undefined, where: 'path' | 'query', schemas: Json): Json[] {
  if (!shape) return [];
  const schema = schemaOf(shape, 'input', schemas) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([name, property]) =>
    parameter(name, where, property, where === 'path' || (schema.required ?? []).includes(name)),
  );
}

/** JSON Schema of a Zod schema; what carries a `meta({ id })` goes to the shared components. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  const {
    $schema: _,
    $defs = {},
    ...own
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    // Those without the permission read null or nothing here, and may not send it.
    override: ({ zodSchema, jsonSchema }) => {
      const permission = restrictionOf(zodSchema);
      if (permission) jsonSchema['x-permission'] = permission;
    },
  }) as Json;
  const suffix = io === 'input' ? 'Input' : '';
  const rename = (value: unknown): Json =>
    JSON.parse(JSON.stringify(value).replaceAll(/"#\/\$defs\/(\w+)"/g, `"#/components/schemas/$1${suffix}"`)) as Json;
  for (const [name, definition] of Object.entries($defs as Json)) schemas[name + suffix] = rename(definition);
  return rename(own);
}
