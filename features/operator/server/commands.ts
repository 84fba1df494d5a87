import { invalid } from '#platform/contract/errors.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { moveOrganisation, whereItLives } from '#platform/db/moving/move.ts';
import type { OperatorContext } from '#platform/http/feature.ts';
import type { Services } from '#platform/http/services.ts';
import { askFor } from '#platform/jobs/ask-for.ts';
import { beginTenant } from '#features/identity/server/create-tenant.ts';
import type { operator } from '../contract.ts';
import { countUsage } from './jobs.ts';
import { newestOperation } from './operations.ts';
import { doerOf } from './operator-log.ts';

type NewOrganisation = RouteInput<typeof operator.routes.createOrganisation>['body'];

/** Begins to make an organisation; what takes long goes on behind. @throws AppError slug_taken, invalid_input */
export async function create(context: OperatorContext, input: NewOrganisation) {
  const { services, identity } = context;
  const { ownerEmail, placement, ...organisation } = input;
  const ownerId = ownerEmail === null ? undefined : await findUser(services, ownerEmail);
  const begun = await beginTenant(services.databases, {
    organisation,
    placement: placement.kind === 'shared' ? shared(placement.databaseId) : dedicated(placement.server),
    ownerId,
    requestedBy: identity.actor,
  });
  begun.finished
    .then(() => askFor(services.databases, begun.id, countUsage.name))
    .catch((error: unknown) =>
      services.log.warn({ err: error, organisation: begun.id }, 'an organisation was not made'),
    );
  return { id: begun.id, operationId: begun.operationId };
}

function shared(databaseId: string | undefined) {
  return { kind: 'shared' as const, ...(databaseId !== undefined && { databaseId }) };
}

function dedicated(server: string | undefined) {
  return { kind: 'dedicated' as const, ...(server !== undefined && { server }) };
}

async function findUser({ databases }: Services, address: string): Promise<string> {
  const user = await databases.control
    .selectFrom('users')
    .select('id')
    .where('email', '=', address.toLowerCase())
    .executeTakeFirst();
  if (user) return user.id;
  throw invalid('ownerEmail', 'Nobody with this address has an account here yet.');
}

/**
 * Begins a move and returns as soon as it is under way; a crash of this process leaves nothing half done.
 * @throws AppError what refuses it before anything is done
 */
export async function move(context: OperatorContext, organisationId: string, databaseId: string) {
  const { services } = context;
  const { databases, log } = services;
  await whereItLives(databases, organisationId);
  const known = await databases.tenants();
  if (!known.some(({ id }) => id === databaseId)) throw invalid('databaseId', 'There is no such database.');
  const before = await newestOperation(databases.control, organisationId);
  await new Promise<void>((begun, refused) => {
    moveOrganisation(databases, {
      organisationId,
      toDatabaseId: databaseId,
      by: doerOf(context),
      // Its row is there from the first step on.
      onProgress: () => begun(),
    }).then(
      () => begun(),
      (error: unknown) => {
        log.warn({ err: error, organisation: organisationId }, 'an organisation was not moved');
        refused(error);
      },
    );
  });
  const operation = await newestOperation(databases.control, organisationId);
  if (!operation || operation.id === before?.id) throw new Error('The move left no trace.');
  return { operationId: operation.id };
}
