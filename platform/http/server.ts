import { randomBytes, randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import websocket from '@fastify/websocket';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { AppError } from '../contract/errors.ts';
import { mountDocs } from './docs.ts';
import type { Feature } from './feature.ts';
import { mountHealth } from './health.ts';
import { mountLive } from './live-route.ts';
import { mountFeatures } from './mount.ts';
import { ProblemTable } from './problems.ts';
import type { Services } from './services.ts';
import type { LiveHub } from '../live/hub.ts';

/** The HTTP server with everything mounted but the web app's files. Not yet listening. */
export async function buildServer(
  services: Services,
  features: readonly Feature[],
  hub: LiveHub,
): Promise<FastifyInstance> {
  const log: FastifyBaseLogger = services.log;
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // Not all of a list of addresses: those before what our own proxies saw are the asker's invention.
    trustProxy: (_: string, hop: number) => hop < services.config.proxies,
    bodyLimit: 1_048_576,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
  });
  await secureHeaders(app, services.config.origin.startsWith('https:'));
  acceptEmptyJson(app);
  acceptForms(app);
  acceptBytes(app);
  endLinesWhenClosing(app);
  await app.register(cookie);
  await app.register(websocket, { options: { maxPayload: 4_096 } });
  answerErrors(app, features);
  logRequests(app);
  mountHealth(app, services);
  mountDocs(app, features);
  mountFeatures(app, features, services);
  mountLive(
    app,
    services,
    hub,
    features.flatMap(({ rooms }) => rooms),
  );
  return app;
}

/** A POST without a body may still say `content-type: application/json`. */
function acceptEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body, done);
  });
}

/** What is in a form counts nowhere; a route that is posted to by one says so, and the others refuse it. */
function acceptForms(app: FastifyInstance): void {
  const forms = ['application/x-www-form-urlencoded', 'multipart/form-data'];
  app.addContentTypeParser<string>(forms, { parseAs: 'string' }, (request, _, done) => {
    if (request.routeOptions.config.form) done(null, undefined);
    else done(new AppError('unsupported_media_type', { message: 'Send JSON, with content-type: application/json.' }));
  });
}

/** Bytes are handed on as they come to the routes that say so, and refused by the others. */
function acceptBytes(app: FastifyInstance): void {
  app.addContentTypeParser('application/octet-stream', (request, body, done) => {
    if (request.routeOptions.config.stream) done(null, body);
    else done(new AppError('unsupported_media_type', { message: 'Send JSON, with content-type: application/json.' }));
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!request.routeOptions.config.stream) return;
    const { raw } = request;
    const { socket } = raw;
    reply.raw.once('finish', () => {
      // What is short comes to its end by itself, and the line may serve for more.
      if (!raw.complete) setTimeout(() => raw.complete || socket.destroy(), farewell).unref();
    });
  });
}

/** A download that was under way when the shut-down began leaves an open line, which would hold it up for a minute. */
function endLinesWhenClosing(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onResponse', async () => {
    if (closing) setImmediate(() => app.server.closeIdleConnections());
  });
}

/** Who is refused and sends on, perhaps without an end, is cut off so long after the answer; milliseconds. */
const farewell = 500;

declare module 'fastify' {
  interface FastifyReply {
    /** Allows the scripts and styles of one page; empty for the API's answers. */
    nonce: string;
  }
  interface FastifyContextConfig {
    /** May be posted to as a form, whose fields are dropped. */
    form?: true;
    /** Its body is bytes, which its handler reads. */
    stream?: true;
  }
}

async function secureHeaders(app: FastifyInstance, https: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: false,
    hsts: https && { maxAge: 31_536_000, includeSubDomains: false },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  app.decorateReply('nonce', '');
  app.addHook('onRequest', async (request, reply) => {
    const isData = request.url.startsWith('/api/v1/');
    if (!isData) reply.nonce = randomBytes(16).toString('base64');
    reply.header('content-security-policy', isData ? dataPolicy : pagePolicy(reply.nonce));
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
}

const dataPolicy = "default-src 'none'; frame-ancestors 'none'";

function pagePolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    // Documents that the page has fetched, in the browser's own viewer.
    "frame-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function answerErrors(app: FastifyInstance, features: readonly Feature[]): void {
  const table = new ProblemTable(features.map(({ contract }) => contract));
  app.setErrorHandler(async (error, request, reply) => {
    const { problem, unexpected } = table.problemOf(error);
    if (unexpected)
      request.log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'request failed');
    if (problem.status === 503) reply.header('retry-after', '2');
    return reply
      .code(problem.status)
      .type('application/problem+json')
      .send({ ...problem, requestId: request.id });
  });
}

/** Reads are logged at debug: at thousands a second they would cost more than the work. No bodies, no query values. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const level =
      reply.statusCode >= 500 ? 'error' : request.method === 'GET' && reply.statusCode < 400 ? 'debug' : 'info';
    request.log[level](
      {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    );
  });
}
