import type { FastifyRequest } from 'fastify';
import { AppError } from '#platform/contract/errors.ts';
import { feature } from '#platform/http/feature.ts';
import type { Services } from '#platform/http/services.ts';
import { asker, limits, withinLimit } from '#features/identity/server/limits.ts';
import { invitations } from '../contract.ts';
import { acceptInvitation, joinAsNewUser } from './accept.ts';
import { invite, resendInvitation, revokeInvitation } from './commands.ts';
import { invitationTasks } from './jobs.ts';
import { findByToken, getInvitation, listInvitations } from './queries.ts';

export const invitationsFeature = feature(
  invitations,
  {
    list: async ({ services, tx, caller }) => ({
      items: await listInvitations(services.databases.control, tx, caller),
    }),
    async invite({ services, tx, caller }, { body }) {
      return getInvitation(services.databases.control, tx, caller, await invite(services, tx, caller, body));
    },
    async resend({ services, tx, caller }, { params }) {
      await resendInvitation(services, tx, caller, params.id);
      return getInvitation(services.databases.control, tx, caller, params.id);
    },
    revoke: ({ services, tx, caller }, { params }) =>
      revokeInvitation(services, tx, caller, params.id).then(() => undefined),
    async look({ services, request }, { body }) {
      await limitTries(services, request);
      return findByToken(services.databases.control, body.token);
    },
    async accept({ services, request, identity }, { body }) {
      await limitTries(services, request);
      const { userId } = identity;
      if (!userId) throw new AppError('forbidden', { message: 'Only a person can accept an invitation.' });
      return { slug: await acceptInvitation(services, request, { ...identity, userId }, body.token) };
    },
    async join({ services, request, reply }, { body }) {
      await limitTries(services, request);
      const { userId, slug } = await joinAsNewUser(services, request, body);
      await services.authenticator.openSession(userId, 'invitation', request, reply);
      return { slug };
    },
  },
  invitationTasks,
);

function limitTries({ databases }: Services, request: FastifyRequest): Promise<void> {
  return withinLimit(databases.control, limits.token, asker(request.ip));
}
