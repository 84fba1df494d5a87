import { readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#platform/contract/errors.ts';
import type { Services } from '#platform/http/services.ts';
import { allowFrames } from '#features/intake/forms/server/frames.ts';

const folder = path.join(import.meta.dirname, '../../dist/web');

/** Serves the built web app: its files, and its page for every other address that asks for HTML. */
export function mountWebApp(app: FastifyInstance, services: Services): void {
  const page = readPage('index.html');
  const formPage = readPage('form.html');
  const sendPage = (reply: FastifyReply, html: string) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(html.replaceAll('__CSP_NONCE__', reply.nonce));
  app.setNotFoundHandler(async (request, reply) => {
    const asksForPage = request.method === 'GET' && !request.url.startsWith('/api/') && wantsHtml(request);
    if (asksForPage) await allowFrames(services, request, reply);
    if (page === undefined || !asksForPage) throw new AppError('not_found', { message: 'There is no such address.' });
    return sendPage(reply, isForm.test(request.url) ? (formPage ?? page) : page);
  });
  if (page === undefined) return;
  app.get('/', async (_, reply) => sendPage(reply, page));
  void app.register(fastifyStatic, {
    root: folder,
    index: false,
    cacheControl: false,
    setHeaders(reply, file) {
      // Names in assets/ carry a hash of their content.
      const fixed = file.includes(`${path.sep}assets${path.sep}`);
      void reply.header('cache-control', fixed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

/** Public forms have a page of their own, which is lighter. */
const isForm = /^\/forms\/[^/?]+\/[^/?]+\/?(?:\?|$)/;

function wantsHtml(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '').includes('text/html');
}

function readPage(name: string): string | undefined {
  try {
    return readFileSync(path.join(folder, name), 'utf8');
  } catch {
    return undefined;
  }
}
