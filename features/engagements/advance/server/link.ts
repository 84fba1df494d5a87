import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { isLost } from './lost.ts';
import { usual } from './queries.ts';

/** What a mailed link opens: the advance of one engagement, for one person of the other side. */
export interface LinkToken {
  linkId: string;
  /** An older one than the row's is void. */
  version: number;
}

/** Below the origin. Signed rather than stored: nothing in the database opens an advance. */
export function advancePath(secret: string, orgId: string, token: LinkToken): string {
  return `/advance/${orgId}/${token.linkId}.${token.version}.${signature(secret, orgId, token)}`;
}

function signature(secret: string, orgId: string, { linkId, version }: LinkToken): string {
  return createHmac('sha256', secret).update(`advance\n${orgId}\n${linkId}\n${version}`).digest('base64url');
}

/** What a link is for, by its signature alone. @throws AppError not_found for everything that we didn’t sign */
export function readToken(secret: string, orgId: string, token: string): LinkToken {
  const [linkId = '', version = '', given = ''] = token.split('.');
  const said = { linkId, version: Number(version) };
  const expected = Buffer.from(signature(secret, orgId, said));
  const sent = Buffer.from(given);
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) throw notFound('This link');
  return said;
}

/** Who opened it, and for which engagement. */
export interface OpenLink {
  id: string;
  name: string;
  engagementId: string;
}

/**
 * That a signed link still opens its advance.
 * @throws AppError not_found; link_replaced when a newer one was sent or it was ended; advance_over some days after the
 * engagement, or when that doesn’t take place
 */
export async function requireOpen(tx: Tx, { linkId, version }: LinkToken): Promise<OpenLink> {
  const [link] = await tx.query<
    OpenLink & { version: number; revoked: boolean; over: boolean; pack: string; stage: string }
  >(
    `select l.id, l.name, l.engagement_id as "engagementId", l.link_version as version, l.revoked_at is not null as revoked,
            e.pack, e.stage, e.ends_at + coalesce(a.open_days, $3) * interval '1 day' <= $4::timestamptz as over
       from advance_links l
       join engagements e on e.org_id = l.org_id and e.id = l.engagement_id
       left join advances a on a.org_id = l.org_id and a.id = l.engagement_id
      where l.org_id = $1 and l.id = $2`,
    [tx.scope.orgId, linkId, usual.openDays, tx.scope.now],
  );
  if (!link) throw notFound('This link');
  if (link.revoked || link.version !== version)
    throw new AppError('link_replaced', {
      message: 'This link was ended. Open the one in the newest mail about it, or ask who sent it to you.',
    });
  if (link.over || isLost(link)) throw new AppError('advance_over', { message: 'This is over, and so is the link.' });
  return { id: link.id, name: link.name, engagementId: link.engagementId };
}
