import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '#platform/http/services.ts';
import { readByToken } from '#platform/http/token-scope.ts';
import { framersOf, organisationOfForms } from './queries.ts';

/**
 * Lets pages of other sites show a form in a frame: those that the organisation listed for it, when the address asks for
 * it. Every other page stays unframed, and so does this one for everybody else.
 */
export async function allowFrames(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const [, org, slug] =
    /^\/forms\/([a-z0-9-]{1,63})\/([a-z0-9-]{1,63})\/?\?(?:.*&)?embed=1(?:&|$)/.exec(request.url) ?? [];
  if (!org || !slug) return;
  const organisation = await organisationOfForms(services.databases.control, org);
  if (!organisation) return;
  const origins = await readByToken(services, organisation.id, 'form', request.id, (tx) => framersOf(tx, slug));
  if (origins.length === 0) return;
  const policy = String(reply.getHeader('content-security-policy'));
  reply.header(
    'content-security-policy',
    policy.replace("frame-ancestors 'none'", `frame-ancestors ${origins.join(' ')}`),
  );
  // The older header knows no list; what it says would count where the newer one isn’t understood.
  reply.removeHeader('x-frame-options');
}
