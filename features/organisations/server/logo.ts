import { invalid, notFound } from '#platform/contract/errors.ts';
import { withControl, type Doer } from '#platform/db/control.ts';
import type { Databases } from '#platform/db/databases.ts';
import { Bytes } from '#platform/http/bytes.ts';
import type { Services } from '#platform/http/services.ts';
import { NoLogo, readLogo } from './logo-image.ts';

type Control = Databases['control'];

export interface Logo {
  type: string;
  bytes: Buffer;
  width: number;
  height: number;
}

/** Undefined where there is none. */
export function findLogo(control: Control, organisationId: string): Promise<Logo | undefined> {
  return control
    .selectFrom('organisation_logos')
    .select(['type', 'bytes', 'width', 'height'])
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();
}

/**
 * For everybody: it stands on public pages. @throws AppError not_found, alike for organisations that there are not, and for
 * those whose pages are closed
 */
export async function serveLogo(control: Control, organisationId: string): Promise<Bytes> {
  const open = await control
    .selectFrom('organisations')
    .select('id')
    .where('id', '=', organisationId)
    .where('status', '=', 'active')
    .executeTakeFirst();
  const logo = open && (await findLogo(control, organisationId));
  if (!logo) throw notFound('This picture');
  const { bytes, type } = logo;
  return new Bytes(200, { 'content-type': type, 'content-length': String(bytes.length) }, async () => bytes);
}

/** @throws AppError invalid_input, with what to do */
export async function setLogo(services: Services, by: Doer, organisationId: string, image: string): Promise<void> {
  const { type, bytes, width, height } = looked(image);
  await withControl(services, by, async (trx) => {
    const values = { type, bytes, width, height };
    await trx
      .insertInto('organisation_logos')
      .values({ organisation_id: organisationId, ...values })
      .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(values))
      .execute();
    await noteLogo(trx, organisationId, new Date().toISOString());
  });
}

function looked(image: string) {
  try {
    return readLogo(Buffer.from(image, 'base64'));
  } catch (error) {
    if (error instanceof NoLogo) throw invalid('image', error.message);
    throw error;
  }
}

/** Where there is none, nothing changes. */
export async function removeLogo(services: Services, by: Doer, organisationId: string): Promise<void> {
  await withControl(services, by, async (trx) => {
    await trx.deleteFrom('organisation_logos').where('organisation_id', '=', organisationId).execute();
    await noteLogo(trx, organisationId, null);
  });
}

async function noteLogo(trx: Control, organisationId: string, at: string | null): Promise<void> {
  await trx
    .updateTable('organisations')
    .set((eb) => ({ logo_set_at: at, version: eb('version', '+', 1), updated_at: new Date().toISOString() }))
    .where('id', '=', organisationId)
    .execute();
}
