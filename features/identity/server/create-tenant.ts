import { AppError, invalid } from '#platform/contract/errors.ts';
import { beginCreation, type SayStep } from '#platform/db/creation.ts';
import type { Databases } from '#platform/db/databases.ts';
import { parseServerUrl } from '#platform/db/server-url.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { createOrganisation, type NewOrganisation } from './commands.ts';

/** Where a new organisation lives: with others, or in a database of its own, on this server or another one. */
export type Placement = { kind: 'shared'; databaseId?: string } | { kind: 'dedicated'; server?: string };

export interface NewTenant {
  organisation: NewOrganisation & { plan?: string };
  placement: Placement;
  /** A user who becomes its owner. */
  ownerId?: string | undefined;
  /** Who asks: `command`, or an operator. */
  requestedBy: string;
  /** Told what `tenant_operations` is told. */
  onProgress?: SayStep;
}

/** The step after those of a dedicated database. */
const last = 'Making the organisation';

/**
 * Makes an organisation and, when it is to have one, its database. What can be refused at once is; the rest
 * goes on behind `finished` and in the row of `tenant_operations`. A failure leaves neither organisation nor database.
 *
 * @throws AppError slug_taken, invalid_input
 */
export async function beginTenant(
  databases: Databases,
  wanted: NewTenant,
): Promise<{ id: string; operationId: string; finished: Promise<void> }> {
  const { organisation, placement, requestedBy, onProgress } = wanted;
  await refuseTaken(databases, organisation);
  await refusePlacement(databases, placement);
  const [id, operationId] = [uuidv7(), uuidv7()];
  const { finished } = await beginCreation(
    databases.control,
    { id: operationId, organisationId: id, requestedBy },
    async (say) => {
      await make(databases, wanted, id, async (...step) => {
        await say(...step);
        await onProgress?.(...step);
      });
    },
  );
  return { id, operationId, finished };
}

/** Before minutes are spent on a database; the constraints decide between two at the same time. */
async function refuseTaken({ control }: Databases, { slug, plan }: NewTenant['organisation']): Promise<void> {
  const taken = await control.selectFrom('organisations').select('id').where('slug', '=', slug).executeTakeFirst();
  if (taken) {
    const message = 'Another organisation has this short name. Choose another one.';
    throw new AppError('slug_taken', { message, fields: [{ field: 'slug', message }] });
  }
  if (plan === undefined) return;
  const known = await control.selectFrom('plans').select('name').where('name', '=', plan).executeTakeFirst();
  if (!known) throw invalid('plan', `There is no plan ${plan}.`);
}

async function refusePlacement(databases: Databases, placement: Placement): Promise<void> {
  if (placement.kind === 'dedicated') {
    if (placement.server !== undefined) parseServerUrl(placement.server);
    return;
  }
  const { databaseId } = placement;
  if (databaseId === undefined) return;
  const database = (await databases.tenants()).find(({ id }) => id === databaseId);
  if (database?.kind !== 'shared') throw invalid('databaseId', 'Choose a shared database that there is.');
}

async function make(databases: Databases, wanted: NewTenant, id: string, say: SayStep): Promise<void> {
  const { organisation, placement, ownerId } = wanted;
  if (placement.kind === 'shared') {
    await say(last, 0, 1);
    const { databaseId } = placement;
    await createOrganisation(databases, organisation, ownerId, { id, ...(databaseId && { databaseId }) });
    await notePlace(databases, id);
    return;
  }
  const databaseId = await dedicated(databases, organisation.slug, placement.server, say);
  try {
    await createOrganisation(databases, organisation, ownerId, { id, databaseId });
  } catch (error) {
    await databases.removeTenantDatabase(databaseId).catch(() => undefined);
    throw error;
  }
  await notePlace(databases, id);
}

async function dedicated(
  databases: Databases,
  slug: string,
  server: string | undefined,
  say: SayStep,
): Promise<string> {
  let steps = 0;
  const { id } = await databases.createTenantDatabase({
    name: await databases.newDatabaseName(slug),
    kind: 'dedicated',
    ...(server !== undefined && { adminUrl: server }),
    onProgress: (step, done, total) => {
      steps = total;
      return say(step, done, total + 1);
    },
  });
  await say(last, steps, steps + 1);
  return id;
}

async function notePlace(databases: Databases, organisationId: string): Promise<void> {
  const { name } = await databases.databaseOf(organisationId);
  await databases.control
    .insertInto('routing_events')
    .values({ database_name: name, organisation_id: organisationId, event: 'placed' })
    .execute();
}
