import { routePath, type Contract, type Route, type RouteOutput, type RouteRequest } from '../contract/contract.ts';
import type { FieldProblem } from '../contract/errors.ts';
import { mayHaveNewCookie, proveAgain, tellRecognised, tellTurnedAway } from './who-asks.ts';

/** A problem document as the server sent it. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: FieldProblem[];
  /** Every member of the document, for codes that carry more (`conflicts`, `blockers`). */
  readonly problem: Record<string, unknown>;
  constructor(status: number, problem: Record<string, unknown>) {
    super(typeof problem['detail'] === 'string' ? problem['detail'] : `Request failed (${status}).`);
    this.name = 'ApiError';
    this.status = status;
    this.code = typeof problem['code'] === 'string' ? problem['code'] : 'internal';
    this.fields = Array.isArray(problem['fields']) ? (problem['fields'] as FieldProblem[]) : [];
    this.problem = problem;
  }
}

type OrgPart<R extends Route> = R['scope'] extends 'account' | 'operator' | 'public' ? unknown : { org: string };
interface CallOptions {
  /** One key per intended effect: a retry with the same key gets the first answer. Made anew when absent. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}
export type Client<C extends Contract> = {
  [K in keyof C['routes']]: (
    request: RouteRequest<C['routes'][K]> & OrgPart<C['routes'][K]>,
    options?: CallOptions,
  ) => Promise<RouteOutput<C['routes'][K]>>;
};

export interface ClientOptions {
  /** Origin of the server, without a slash at the end; empty for the page's own. */
  baseUrl?: string;
  headers?: Record<string, string>;
  fetch?: typeof fetch;
}

/**
 * A typed client of one contract: `createClient(claims).place({ org, body })`.
 * In the web app a call that needs a new proof of who asks (`step_up_required`) waits for it and goes on by itself.
 * @throws {ApiError} for each answer that isn't 2xx; network failures as `fetch` throws them.
 */
export function createClient<C extends Contract>(contract: C, options: ClientOptions = {}): Client<C> {
  const calls = Object.entries(contract.routes).map(([name, route]) => [
    name,
    (request: AnyRequest, call: CallOptions = {}) => ask(route, request, call, options),
  ]);
  return Object.fromEntries(calls) as Client<C>;
}

type Scalar = string | number | boolean;

interface AnyRequest {
  org?: string;
  params?: Record<string, Scalar>;
  query?: Record<string, Scalar | Scalar[] | null | undefined>;
  body?: unknown;
}

/** Sends, and once more after the person has proved who they are. Nothing happened before: the same key will do. */
async function ask(route: Route, request: AnyRequest, call: CallOptions, options: ClientOptions): Promise<unknown> {
  const keyed = route.method === 'GET' ? call : { ...call, idempotencyKey: call.idempotencyKey ?? crypto.randomUUID() };
  const attempt = () => send(route, request, keyed, options);
  try {
    return await attempt().catch(async (error: unknown) => {
      const goesOn = error instanceof ApiError && (await mayGoOn(error.code));
      if (!goesOn) throw error;
      return attempt();
    });
  } catch (error) {
    if (error instanceof ApiError) tellTurnedAway(error.code, request.org);
    throw error;
  }
}

async function mayGoOn(code: string): Promise<boolean> {
  if (code === 'step_up_required') return proveAgain();
  return code === 'unauthenticated' && mayHaveNewCookie();
}

async function send(route: Route, request: AnyRequest, call: CallOptions, options: ClientOptions): Promise<unknown> {
  const response = await (options.fetch ?? fetch)(`${options.baseUrl ?? ''}${urlOf(route, request)}`, {
    method: route.method,
    credentials: 'same-origin',
    headers: {
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
      ...options.headers,
    },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    ...(call.signal ? { signal: call.signal } : {}),
  });
  const type = response.headers.get('content-type') ?? '';
  const body: unknown = type.includes('json') ? await response.json() : await response.text();
  if (!response.ok) throw new ApiError(response.status, typeof body === 'object' && body ? { ...body } : {});
  if (route.scope !== 'public') tellRecognised();
  return response.status === 204 ? undefined : body;
}

/** Where a route is asked, for what the browser asks itself: links, pictures, documents. */
export function urlOf(route: Route, request: AnyRequest): string {
  const values: Record<string, Scalar | undefined> = { org: request.org, ...request.params };
  const path = routePath(route).replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values[name] ?? '')));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value === undefined || value === null) continue;
    query.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  return query.size > 0 ? `${path}?${query}` : path;
}
