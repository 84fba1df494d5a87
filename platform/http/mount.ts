import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { routePath, type Clause, type Contract, type Route } from '../contract/contract.ts';
import { AppError, notFound } from '../contract/errors.ts';
import { firstPresent, hide, restrictedPaths, type RestrictedPath } from '../contract/restricted.ts';
import { withTenant, type IdempotencyKey, type Tx } from '../db/tenant.ts';
import { RawJson } from '../contract/raw-json.ts';
import { recordDenial, recordLook, scopeOf } from './access-record.ts';
import { Bytes } from './bytes.ts';
import { type Caller, type Feature, type Identity } from './feature.ts';
import { isProvenOperator } from './operator.ts';
import { invalidInput } from './problems.ts';
import type { Services } from './services.ts';

type AnyHandler = (context: unknown, input: unknown) => Promise<unknown>;

/** Mounts the routes of all features. @throws {Error} for a route without a permission or a handler */
export function mountFeatures(app: FastifyInstance, features: readonly Feature[], services: Services): void {
  const clauses = Object.assign({}, ...features.map(({ contract }) => contract.permissions)) as Record<string, Clause>;
  for (const { contract, handlers } of features) {
    for (const [name, route] of Object.entries(contract.routes)) {
      const handler = handlers[name];
      if (typeof handler !== 'function') throw new Error(`${contract.name}.${name} has no handler.`);
      requirePermission(contract, name, route);
      app.route({
        method: route.method,
        url: routePath(route),
        ...(route.bodyLimit && { bodyLimit: route.bodyLimit }),
        ...((route.form || route.stream) && {
          config: { ...(route.form && { form: route.form }), ...(route.stream && { stream: route.stream }) },
        }),
        handler: handlerOf(route, clauses[route.permission ?? '']?.may ?? '', handler as AnyHandler, services),
      });
    }
  }
}

function requirePermission(contract: Contract, name: string, route: Route): void {
  if ((route.scope ?? 'org') !== 'org') return;
  if (!route.permission || !(route.permission in contract.permissions)) {
    throw new Error(`${contract.name}.${name}: name one of the contract's permissions.`);
  }
  for (const { permission } of [...restrictedPaths(route.output), ...restrictedPaths(route.body)]) {
    if (!/^\w+\.\w+$/.test(permission)) throw new Error(`${contract.name}.${name}: ${permission} is no permission.`);
  }
}

type FastifyHandler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

function handlerOf(route: Route, may: string, handler: AnyHandler, services: Services): FastifyHandler {
  switch (route.scope ?? 'org') {
    case 'public':
      return async (request, reply) =>
        answer(route, reply, await handler({ services, request, reply }, parseInput(route, request)), services);
    case 'account':
    case 'operator':
      return async (request, reply) => {
        const identity = await identify(services, request, route);
        if (route.scope === 'operator') requireOperator(identity);
        if (route.fresh) requireFresh(identity);
        const input = parseInput(route, request);
        return answer(route, reply, await handler({ services, request, reply, identity }, input), services);
      };
    default:
      return orgHandler(route, may, handler, services);
  }
}

/** authenticate → scope → permission → parse → transaction → answer. */
function orgHandler(route: Route, may: string, handler: AnyHandler, services: Services): FastifyHandler {
  const { databases } = services;
  const readOnly = route.method === 'GET';
  const secrets = restrictedPaths(route.output);
  const guarded = [...restrictedPaths(route.body), ...restrictedPaths(route.query)];
  return async (request, reply) => {
    const caller = await callerOf(services, request, route);
    const refusal = refusalOf(route, may, caller, request, guarded);
    if (refusal) {
      await recordDenial(services, request, caller, caller.organisation.id, route, refusal.message);
      throw refusal;
    }
    if (route.fresh) requireFresh(caller);
    const input = parseInput(route, request);
    const scope = scopeOf(request, caller, caller.organisation.id);
    await recordLook(services, request, caller, route);
    const own = caller.can(route.permission ?? '') ? undefined : (caller.userId ?? nobody);
    const hidden = secrets.filter(({ permission }) => !caller.can(permission));
    const key = route.idempotent === false || readOnly ? undefined : idempotencyKey(request, route.status ?? 200);
    const work = async (tx: Tx) =>
      serialise(route, await handler({ services, request, reply, tx, scope, caller, own }, input), services, hidden);
    try {
      const text = await withTenant(databases, scope, work, { readOnly, ...(key && { key }) });
      return send(route, reply, text);
    } catch (error) {
      // Whatever the second sender ran into, the first one's effect may be what stood in its way.
      const first = key && (await withTenant(databases, scope, (tx) => firstAnswer(tx, key), { readOnly: true }));
      if (first === undefined) {
        const reason = refusedWith(error);
        if (reason) await recordDenial(services, request, caller, caller.organisation.id, route, reason);
        throw error;
      }
      return send(route, reply.header('idempotency-replayed', 'true'), first);
    }
  };
}

/** What a handler refused to this caller, for the trail, which names nobody that could be erased. */
function refusedWith(error: unknown): string | undefined {
  if (!(error instanceof AppError)) return undefined;
  if (error.code === 'role_too_high') return 'They wanted to give or take more than they may themselves.';
  return error.code === 'forbidden' ? error.message : undefined;
}

/** Things of nobody: what a program without a person owns. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** Why the route, or a field that was sent, isn't for this caller. */
function refusalOf(
  route: Route,
  may: string,
  caller: Caller,
  request: FastifyRequest,
  guarded: readonly RestrictedPath[],
): AppError | undefined {
  const permission = route.permission ?? '';
  if (caller.support?.level === 'read' && route.method !== 'GET') {
    return new AppError('forbidden', { message: 'This support access is for looking only.', extra: { permission } });
  }
  if (!caller.can(permission, route.own ? 'own' : 'all')) {
    return new AppError('forbidden', {
      message: `Your role (${caller.roleName}) doesn’t allow you to ${may}.`,
      extra: { permission },
    });
  }
  const lacking = guarded.filter((path) => !caller.can(path.permission));
  const sent =
    lacking.length > 0 ? (firstPresent(request.body, lacking) ?? firstPresent(request.query, lacking)) : undefined;
  if (!sent) return undefined;
  const field = sent.path.filter((step) => step !== '*').join('.');
  const message = `Your role (${caller.roleName}) doesn’t allow you to set ${field}.`;
  return new AppError('forbidden', { message, fields: [{ field, message }], extra: { permission: sent.permission } });
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

async function identify(
  { authenticator, config }: Services,
  request: FastifyRequest,
  route?: Route,
): Promise<Identity> {
  const identity = await authenticator.identify(request);
  if (!identity) throw new AppError('unauthenticated', { message: 'Sign in, or send an API key as a bearer token.' });
  if (identity.cookie && request.method !== 'GET') requireOwnOrigin(request, config.origin);
  if (identity.pending && !route?.pending) {
    throw new AppError('second_factor_needed', { message: 'Enter the code of your second factor first.' });
  }
  return identity;
}

/** Minutes for which a proof of identity opens sensitive changes. */
const freshFor = 10;

function requireFresh({ provedAt }: Identity): void {
  if (provedAt !== undefined && provedAt > Date.now() - freshFor * 60_000) return;
  throw new AppError('step_up_required', {
    message:
      provedAt === undefined
        ? 'Only a signed-in person may do this, not a program.'
        : `This needs a proof of who you are from the last ${freshFor} minutes. Confirm it and try again.`,
  });
}

function requireOperator(identity: Identity): void {
  if (!identity.operator)
    throw new AppError('forbidden', { message: 'Only operators of this installation may do this.' });
  if (isProvenOperator(identity)) return;
  throw new AppError('second_factor_required', {
    message:
      'Operators need a second factor. Add an authenticator app or a passkey under Account, or sign in again with the one that you have.',
  });
}

/** @throws AppError unauthenticated; not_found alike for a foreign and for an unknown organisation */
export async function callerOf(services: Services, request: FastifyRequest, route?: Route): Promise<Caller> {
  const identity = await identify(services, request, route);
  const { org } = request.params as { org: string };
  const caller = await services.authenticator.callerIn(identity, org);
  if (caller) {
    if (!route?.whileSuspended) requireRunning(caller);
    return caller;
  }
  // Beside the answer: its time must not tell a foreign organisation from one that isn't there.
  if (route) void recordForeign(services, request, identity, org, route);
  throw notFound('This organisation');
}

function requireRunning({ organisation: { name, suspended } }: Caller): void {
  if (suspended === null) return;
  throw new AppError('organisation_suspended', {
    message: `${name} is suspended: ${suspended} Its data is kept. An owner can ask the operator of this installation.`,
    extra: { reason: suspended },
  });
}

/** Somebody who doesn't belong to it asked for an organisation: its trail says so. */
async function recordForeign(
  services: Services,
  request: FastifyRequest,
  identity: Identity,
  org: string,
  route: Route,
): Promise<void> {
  try {
    const id = await services.authenticator.organisationId(org);
    if (id) await recordDenial(services, request, identity, id, route, 'They do not belong to this organisation.');
  } catch (error) {
    services.log.error({ err: error, requestId: request.id }, 'a foreign access could not be recorded');
  }
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
  if (!parsed.success) throw invalidInput(parsed.error, [], value);
  return parsed.data;
}

async function answer(route: Route, reply: FastifyReply, value: unknown, services: Services): Promise<FastifyReply> {
  return send(route, reply, serialise(route, value, services));
}

/** The body as text: what the output schema lists, without what is hidden from the asker, and nothing else. */
function serialise(
  route: Route,
  value: unknown,
  { config }: Services,
  hidden: readonly RestrictedPath[] = [],
): string | Bytes {
  if (value instanceof Bytes) return value;
  if (value instanceof RawJson) {
    if (config.strictAnswers && route.output) requireListedOnly(route.output, JSON.parse(value.text));
    if (hidden.length === 0) return value.text;
    const shown: unknown = JSON.parse(value.text);
    hide(shown, hidden);
    return JSON.stringify(shown);
  }
  if (route.produces) return String(value);
  if (!route.output) return '';
  const shown = route.output.parse(value);
  hide(shown, hidden);
  return JSON.stringify(shown);
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

async function send(route: Route, reply: FastifyReply, text: string | Bytes): Promise<FastifyReply> {
  if (text instanceof Bytes) {
    const body = await text.open?.();
    return reply.code(text.status).headers(text.headers).send(body);
  }
  // The handler found that the client has it already.
  if (reply.statusCode === 304) return reply.send();
  const status = route.status ?? 200;
  if (status === 204 || text === '') return reply.code(status).send();
  return reply
    .code(status)
    .type(route.produces ?? 'application/json; charset=utf-8')
    .send(text);
}
