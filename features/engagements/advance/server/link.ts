import { AppError, notFound } from '#platform/contract/errors.ts';
import { readSigned, sign } from '#platform/crypto/signed.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { isLost } from './lost.ts';
import { usual } from './queries.ts';

/** What a mailed link opens: the advance of one engagement, for one person of the other side. */
export interface LinkToken {
  linkId: string;
  /** An older one than the row's is void. */
  version: number;
}

/** Below the origin: the page on which the other side answers. */
export function advancePath(secret: string, orgId: string, { linkId, version }: LinkToken): string {
  return `/advance/${orgId}/${sign(secret, ['advance', orgId], [linkId, version])}`;
}

/** What a link is for, by its signature alone. @throws AppError not_found for everything that we didn’t sign */
export function readToken(secret: string, orgId: string, token: string): LinkToken {
  const [linkId, version] = readSigned(secret, ['advance', orgId], token) ?? [];
  if (!linkId) throw notFound('This link');
  return { linkId, version: Number(version) };
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
