import * as z from 'zod';
import { AppError } from '#platform/contract/errors.ts';
import { withControl, type Doer } from '#platform/db/control.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Caller } from '#platform/http/feature.ts';
import type { Services } from '#platform/http/services.ts';
import { packNames, type PackName } from '../packs/pack.ts';

type Control = Databases['control'];

export async function getOrganisation(control: Control, id: string) {
  const { status, reason, ...row } = await control
    .selectFrom('organisations')
    .select(['id', 'slug', 'name', 'packs', 'zone', 'currency', 'version', 'created_at as createdAt'])
    .select(['status', 'suspended_reason as reason', 'requires_second_factor as requiresSecondFactor'])
    .select(['brand_colour as brandColour', 'logo_set_at as logoSetAt'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const suspended = status === 'suspended' ? (reason ?? '') : null;
  return { ...row, suspended, packs: z.array(z.enum(packNames)).parse(row.packs) };
}

interface SettingsChange {
  version: number;
  name?: string | undefined;
  packs?: PackName[] | undefined;
  zone?: string | undefined;
  currency?: string | undefined;
  brandColour?: string | null | undefined;
}

/** @throws AppError version_conflict */
export async function changeSettings(
  services: Services,
  by: Doer,
  organisationId: string,
  { version, brandColour, ...changes }: SettingsChange,
): Promise<void> {
  await withControl(services, by, async (trx) => {
    const result = await trx
      .updateTable('organisations')
      .set((eb) => ({
        ...changes,
        ...(brandColour !== undefined && { brand_colour: brandColour }),
        version: eb('version', '+', 1),
        updated_at: new Date().toISOString(),
      }))
      .where('id', '=', organisationId)
      .where('version', '=', version)
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n)
      throw new AppError('version_conflict', { message: 'Somebody else changed the settings. Reload and try again.' });
  });
  services.authenticator.forget();
}

/**
 * Members without a second factor are told at their next request. Whoever asks for it must have passed one
 * here and now: nobody locks themselves out.
 * @throws AppError factor_missing
 */
export async function requireSecondFactor(
  services: Services,
  by: Doer,
  caller: Caller,
  required: boolean,
): Promise<void> {
  if (required && !caller.factor) {
    throw new AppError('factor_missing', {
      message:
        'Pass a second factor yourself first: add an authenticator app or a passkey under Account, or sign in again with yours.',
    });
  }
  await withControl(services, by, (trx) =>
    trx
      .updateTable('organisations')
      .set((eb) => ({ requires_second_factor: required, version: eb('version', '+', 1) }))
      .where('id', '=', caller.organisation.id)
      .execute(),
  );
  services.authenticator.forget();
}
