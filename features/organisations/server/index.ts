import * as z from 'zod';
import { heldRoles } from '#platform/contract/contract.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { feature } from '#platform/http/feature.ts';
import { organisations } from '../contract.ts';
import { packNames } from '../packs/pack.ts';

type Control = Databases['control'];

export const organisationsFeature = feature(organisations, {
  get: ({ services, caller }) => getOrganisation(services.databases.control, caller.organisation.id),
  async change({ services, caller }, { body: { version, ...changes } }) {
    const { control } = services.databases;
    const result = await control
      .updateTable('organisations')
      .set((eb) => ({ ...changes, version: eb('version', '+', 1), updated_at: new Date().toISOString() }))
      .where('id', '=', caller.organisation.id)
      .where('version', '=', version)
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) {
      throw new AppError('version_conflict', { message: 'Somebody else changed the settings. Reload and try again.' });
    }
    return getOrganisation(control, caller.organisation.id);
  },
  listMembers: async ({ services, caller }) => ({
    items: await listMembers(services.databases.control, caller.organisation.id),
  }),
  async addMember({ services, caller }, { body }) {
    const { control } = services.databases;
    const user = await control
      .selectFrom('users')
      .select('id')
      .where('email', '=', body.email.toLowerCase())
      .executeTakeFirst();
    if (!user)
      throw new AppError('user_unknown', {
        message: 'No user of this installation has this address. Make one with `holdfast user create`.',
      });
    const added = await control
      .insertInto('memberships')
      .values({ organisation_id: caller.organisation.id, user_id: user.id, role: body.role })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 0n)
      throw new AppError('already_member', { message: 'This user is a member already.' });
    return getMember(control, caller.organisation.id, user.id);
  },
  async changeMember({ services, caller }, { params, body }) {
    const { control } = services.databases;
    const organisationId = caller.organisation.id;
    await keepAnOwner(control, organisationId, async (trx) => {
      await trx
        .updateTable('memberships')
        .set({ role: body.role })
        .where('organisation_id', '=', organisationId)
        .where('user_id', '=', params.userId)
        .execute();
    });
    return getMember(control, organisationId, params.userId);
  },
  async removeMember({ services, caller }, { params }) {
    const organisationId = caller.organisation.id;
    await getMember(services.databases.control, organisationId, params.userId);
    await keepAnOwner(services.databases.control, organisationId, async (trx) => {
      await trx
        .deleteFrom('memberships')
        .where('organisation_id', '=', organisationId)
        .where('user_id', '=', params.userId)
        .execute();
    });
    return undefined;
  },
});

async function getOrganisation(control: Control, id: string) {
  const row = await control
    .selectFrom('organisations')
    .select(['id', 'slug', 'name', 'packs', 'zone', 'currency', 'version', 'created_at as createdAt'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { ...row, packs: z.array(z.enum(packNames)).parse(row.packs) };
}

async function listMembers(control: Control, organisationId: string) {
  const rows = await control
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(['u.id as userId', 'u.name', 'u.email', 'm.role', 'm.created_at as joinedAt'])
    .where('m.organisation_id', '=', organisationId)
    .orderBy('u.name')
    .execute();
  return rows.map((row) => ({ ...row, role: z.enum(heldRoles).parse(row.role) }));
}

async function getMember(control: Control, organisationId: string, userId: string) {
  const member = (await listMembers(control, organisationId)).find((row) => row.userId === userId);
  if (!member) throw notFound('This member');
  return member;
}

/** Runs a change of memberships unless it would leave no owner. The lock makes two demotions follow one another. */
async function keepAnOwner(
  control: Control,
  organisationId: string,
  change: (trx: Control) => Promise<void>,
): Promise<void> {
  await control.transaction().execute(async (trx) => {
    await trx.selectFrom('organisations').select('id').where('id', '=', organisationId).forUpdate().execute();
    await change(trx);
    const owners = await trx
      .selectFrom('memberships')
      .select('user_id')
      .where('organisation_id', '=', organisationId)
      .where('role', '=', 'owner')
      .execute();
    if (owners.length === 0) {
      throw new AppError('last_owner', {
        message: 'The organisation would have no owner left. Make somebody else owner first.',
      });
    }
  });
}
