import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { routePath, type Contract, type Route } from '../contract/contract.ts';
import { AppError, notFound } from '../contract/errors.ts';
import { mintScope } from '../db/scope.ts';
import { withTenant, type IdempotencyKey, type Tx } from '../db/tenant.ts';
import { RawJson } from '../contract/raw-json.ts';
import { type Caller, type Feature, type Identity } from './feature.ts';
import { invalidInput } from './problems.ts';
import type { Services } from './services.ts';

type AnyHandler = (context: unknown, input: unknown) => Promise<unknown>;

/** Mounts the routes of all features. @throws {Error} for a route without a permission or a handler */
export function mountFeatures(app: FastifyInstance, features: readonly Feature[], services: Services): void {
  for (const { contract, handlers } of features) {
    for (const [name, route] of Object.entries(contract.routes)) {
      const handler = handlers[name];
      if (typeof handler !== 'function') throw new Error(`${contract.name}.${name} has no handler.`);
      requirePermission(contract, name, route);
      app.route({
        method: route.method,
        url: routePath(route),
        ...(route.bodyLimit && { bodyLimit: route.bodyLimit }),
        handler: handlerOf(route, handler as AnyHandler, services),
      });
    }
  }
}

function requirePermission(contract: Contract, name: string, route: Route): void {
  if ((route.scope ?? 'org') !== 'org') return;
  if (!route.permission || !(route.permission in contract.permissions)) {
    throw new Error(`${contract.name}.${name}: name one of the contract's permissions.`);
  }
}

type FastifyHandler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

function handlerOf(route: Route, handler: AnyHandler, services: Services): FastifyHandler {
  switch (route.scope ?? 'org') {
    case 'public':
      return async (request, reply) =>
        answer(route, reply, await handler({ services, request, reply }, parseInput(route, request)), services);
    case 'account':
      return async (request, reply) => {
        const identity = await identify(services, request);
        const input = parseInput(route, request);
        return answer(route, reply, await handler({ services, request, reply, identity }, input), services);
      };
    default:
      return orgHandler(route, handler, services);
  }
}

/** authenticate → scope → permission → parse → transaction → answer. */
function orgHandler(route: Route, handler: AnyHandler, services: Services): FastifyHandler {
  const { databases } = services;
  const readOnly = route.method === 'GET';
  return async (request, reply) => {
    const caller = await callerOf(services, request);
    if (!caller.can(route.permission ?? '')) {
      throw new AppError('forbidden', {
        message: `This needs the permission ${route.permission}; your role is ${caller.role}.`,
      });
    }
    const input = parseInput(route, request);
    const scope = mintScope({ orgId: caller.organisation.id, actor: caller.actor, requestId: request.id });
    const key = route.idempotent === false || readOnly ? undefined : idempotencyKey(request, route.status ?? 200);
    const work = async (tx: Tx) =>
      serialise(route, await handler({ services, request, reply, tx, scope, caller }, input), services);
    try {
      const text = await withTenant(databases, scope, work, { readOnly, ...(key && { key }) });
      return send(route, reply, text);
    } catch (error) {
      // Whatever the second sender ran into, the first one's effect may be what stood in its way.
      const first = key && (await withTenant(databases, scope, (tx) => firstAnswer(tx, key), { readOnly: true }));
      if (first === undefined) throw error;
      return send(route, reply.header('idempotency-replayed', 'true'), first);
    }
  };
}

/** @returns undefined when the key has no answer. @throws AppError idempotency_key_reused for another request's key */
async function firstAnswer(tx: Tx, { key, hash }: IdempotencyKey): Promise<string | undefined> {
  const [first] = await tx.query<{ request_hash: string; answer: string }>(
    'select request_hash, answer from idempotency_keys where org_id = $1 and actor = $2 and key = $3',
    [tx.scope.orgId, tx.scope.actor, key],
  );
  if (first && first.request_hash !== hash) {
    throw new AppError('idempotency_key_reused', {
      message: 'This Idempotency-Key was used for another request. Send a new one.',
    });
  }
  return first?.answer;
}

async function identify({ authenticator, config }: Services, request: FastifyRequest): Promise<Identity> {
  const identity = await authenticator.identify(request);
  if (!identity) throw new AppError('unauthenticated', { message: 'Sign in, or send an API key as a bearer token.' });
  if (identity.cookie && request.method !== 'GET') requireOwnOrigin(request, config.origin);
  return identity;
}

/** @throws AppError unauthenticated; not_found alike for a foreign and for an unknown organisation */
export async function callerOf(services: Services, request: FastifyRequest): Promise<Caller> {
  const identity = await identify(services, request);
  const { org } = request.params as { org: string };
  const caller = await services.authenticator.callerIn(identity, org);
  if (!caller) throw notFound('This organisation');
  return caller;
}

/** A page of another site must not write with our user's cookie. */
export function requireOwnOrigin(request: FastifyRequest, ownOrigin: string): void {
  const { origin } = request.headers;
  const foreign = origin !== undefined && origin !== ownOrigin && hostOf(origin) !== request.host;
  const crossSite =
    origin === undefined && ['cross-site', 'same-site'].includes(String(request.headers['sec-fetch-site']));
  if (foreign || crossSite)
    throw new AppError('forbidden', { message: 'This request came from a page of another site.' });
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function idempotencyKey(request: FastifyRequest, status: number): IdempotencyKey | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new AppError('invalid_input', {
      message: 'Idempotency-Key must be 1 to 200 visible ASCII characters.',
      fields: [{ field: 'Idempotency-Key', message: 'Must be 1 to 200 visible ASCII characters.' }],
    });
  }
  const text = `${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`;
  return { key, hash: createHash('sha256').update(text).digest('base64'), status };
}

function parseInput(route: Route, request: FastifyRequest): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  if (route.params) input['params'] = parsePart(route.params, request.params);
  if (route.query) input['query'] = parsePart(route.query, request.query);
  if (route.body) input['body'] = parsePart(route.body, request.body ?? undefined);
  return input;
}

function parsePart(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}

function answer(route: Route, reply: FastifyReply, value: unknown, services: Services): FastifyReply {
  return send(route, reply, serialise(route, value, services));
}

/** The body as text: what the output schema lists, and nothing else. */
function serialise(route: Route, value: unknown, { config }: Services): string {
  if (value instanceof RawJson) {
    if (config.strictAnswers && route.output) requireListedOnly(route.output, JSON.parse(value.text));
    return value.text;
  }
  if (route.produces) return String(value);
  return route.output ? JSON.stringify(route.output.parse(value)) : '';
}

/** In tests: JSON that PostgreSQL built must be exactly what the contract lists. */
function requireListedOnly(schema: z.ZodType, value: unknown): void {
  const listed: unknown = schema.parse(value);
  const canonical = (part: unknown) =>
    JSON.stringify(part, (_, v: unknown) =>
      v && typeof v === 'object' && !Array.isArray(v)
        ? Object.fromEntries(Object.entries(v).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : v,
    );
  if (canonical(listed) !== canonical(value))
    throw new Error(`The answer holds more than its schema lists: ${JSON.stringify(value)}`);
}

function send(route: Route, reply: FastifyReply, text: string): FastifyReply {
  // The handler found that the client has it already.
  if (reply.statusCode === 304) return reply.send();
  const status = route.status ?? 200;
  if (status === 204 || text === '') return reply.code(status).send();
  return reply
    .code(status)
    .type(route.produces ?? 'application/json; charset=utf-8')
    .send(text);
}
