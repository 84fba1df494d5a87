import { asker, withinLimit } from '#features/identity/server/limits.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { feature, type PublicContext } from '#platform/http/feature.ts';
import { actByToken, readByToken } from '#platform/http/token-scope.ts';
import { inquiryStatus, type InquirySheet } from '../status-contract.ts';
import { inquiryOfToken, requireLink } from './link.ts';
import { readForSender, withdrawAsSender, writeAsSender } from './status.ts';

interface Params {
  orgId: string;
  token: string;
}

/** By one address, whatever it does there: people who share one write now and then, programs all the time. */
const limit = { name: 'inquiry-page', most: 30, seconds: 60 };

export const inquiryStatusFeature = feature(inquiryStatus, {
  get: (context, { params }) => sheetOf(context, params, readByToken, async () => undefined),
  write: (context, { params, body }) => acted(context, params, (tx, id) => writeAsSender(tx, id, body.body)),
  withdraw: (context, { params, body }) => acted(context, params, (tx, id) => withdrawAsSender(tx, id, body.reason)),
});

type Work = (tx: Tx, inquiryId: string) => Promise<void>;

async function acted(context: PublicContext, params: Params, work: Work): Promise<InquirySheet> {
  await withinLimit(context.services.databases.control, limit, asker(context.request.ip));
  return sheetOf(context, params, actByToken, work);
}

/**
 * Opens the one inquiry that the link is for, does its work, and tells how it stands then, in one transaction. The
 * signature is looked at before any tenant’s database is. An organisation that is gone or suspended, an inquiry that is
 * gone, a forged link: one and the same 404.
 */
async function sheetOf(
  { services, request, reply }: PublicContext,
  { orgId, token }: Params,
  door: typeof actByToken,
  work: Work,
): Promise<InquirySheet> {
  // The address is a key: nobody is to learn it from here, nor find it.
  reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex, nofollow');
  const link = inquiryOfToken(services.config.secret, orgId, token);
  const [row] = await services.databases.control
    .selectFrom('organisations')
    .select(['name', 'zone', 'brand_colour as colour'])
    .where('id', '=', orgId)
    .where('status', '=', 'active')
    .execute();
  if (!row) throw notFound('This link');
  const sheet = await door(services, orgId, 'inquiry', request.id, async (tx) => {
    await requireLink(tx, link);
    await work(tx, link.inquiryId);
    return readForSender(tx, link.inquiryId);
  }).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'not_found' ? notFound('This link') : error;
  });
  return { ...sheet, organisation: row.name, colour: row.colour, zone: sheet.zone ?? row.zone };
}
