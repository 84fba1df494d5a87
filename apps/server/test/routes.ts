import type { Contract, Route } from '#platform/contract/contract.ts';
import { routePath } from '#platform/contract/contract.ts';
import { openApiDocument } from '#platform/contract/openapi.ts';
import { pdfText } from '#platform/test/pdf-text.ts';
import { contracts } from '../features.ts';
import { sampleOf } from './sample.ts';

export interface Case {
  name: string;
  contract: Contract;
  route: Route;
}

export type Schema = Record<string, unknown>;

export interface Operation {
  operationId: string;
  parameters: { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { content: { 'application/json'?: { schema: Schema } } };
}

/** Every route there is: a new one joins by itself. */
export const allRoutes: readonly Case[] = contracts.flatMap((contract) =>
  Object.entries(contract.routes).map(([name, route]) => ({ name: `${contract.name}.${name}`, contract, route })),
);

export const scopeOfRoute = ({ route }: Case) => route.scope ?? 'org';

export const document = openApiDocument(contracts, 'test') as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

export function operationOf(route: Route): Operation {
  const operation = document.paths[routePath(route).replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
  if (!operation) throw new Error(`${route.method} ${route.path} is not in the document.`);
  return operation;
}

export interface Asked {
  /** Below the origin. */
  path: string;
  method: string;
  body: unknown;
}

/** A valid request for a route, every id in it set to `id`. */
export function requestOf(route: Route, org: string, id: string, optional = false): Asked {
  const operation = operationOf(route);
  const { schemas } = document.components;
  const query = new URLSearchParams();
  for (const { name, in: where, required, schema } of operation.parameters) {
    const isId = schema['format'] === 'uuid' || (schema['items'] as { format?: string } | undefined)?.format === 'uuid';
    if (where === 'query' && (required || isId))
      query.set(name, String(times[name] ?? sampleOf(schema, schemas, { id, optional: false })));
  }
  const path = routePath(route)
    .replace(':org', org)
    .replace(/:(\w+)/g, id);
  const schema = operation.requestBody?.content['application/json']?.schema;
  return {
    path: query.size > 0 ? `${path}?${query}` : path,
    method: route.method,
    body: schema && sampleOf(schema, schemas, { id, optional }),
  };
}

/** The requests for a route with each of the ids; those that come out alike, as a list without any, once. */
export function requestsOf(route: Route, org: string, ids: readonly string[]): Asked[] {
  const asked = ids.map((id) => requestOf(route, org, id));
  return [...new Map(asked.map((one) => [JSON.stringify(one), one])).values()];
}

const times: Readonly<Record<string, string>> = {
  from: '2029-03-01T10:00:00Z',
  to: '2029-03-01T12:00:00Z',
  startsAt: '2029-03-01T10:00:00Z',
  endsAt: '2029-03-01T12:00:00Z',
  at: '2029-03-01T10:00:00Z',
};

/** How somebody asks: an API key, a session's cookie, or nothing. */
export type Credential = { key: string } | { cookie: string } | undefined;

export interface Answer {
  status: number;
  body: string;
  headers: string;
  /** Without what differs between any two answers. */
  comparable: unknown;
}

export async function ask(baseUrl: string, { path, method, body }: Asked, credential: Credential): Promise<Answer> {
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    headers: {
      ...(credential && 'key' in credential && { authorization: `Bearer ${credential.key}` }),
      ...(credential && 'cookie' in credential && { cookie: credential.cookie }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await bodyText(response);
  // Lines of a table: each export is itself recorded, so the next one holds a line more.
  const isTable = response.headers.get('content-type')?.startsWith('text/csv') ?? false;
  const headers = [...response.headers].filter(([name]) => !['date', 'content-length'].includes(name));
  return {
    status: response.status,
    body: text,
    headers: JSON.stringify(headers),
    comparable: [response.status, isTable ? '<table>' : masked(text), headers.map(([name]) => name)],
  };
}

/** As people read it: the words of a PDF are packed, and a leak in one would be seen by nobody. */
async function bodyText(response: Response): Promise<string> {
  if (response.headers.get('content-type') !== 'application/pdf') return response.text();
  return pdfText(new Uint8Array(await response.arrayBuffer()));
}

/** Ids, times, secrets, counts and addresses of what this very test made differ from answer to answer. */
function masked(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/hf_[\w-]+|"url":"[^"]+"/g, '<secret>')
    .replaceAll(/"items":\[.*\]/g, '<items>')
    .replaceAll(/"(total|rank|unread|next|slug)":("[^"]*"|\w+)/g, '"$1":<n>')
    .replaceAll(/\d+(?:st|nd|rd|th) hold/g, '<n> hold');
}
