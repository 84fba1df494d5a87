import { AppError, notFound } from '#platform/contract/errors.ts';
import { readSigned, sign } from '#platform/crypto/signed.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { linkLives } from '../rules.ts';

export interface LinkedInquiry {
  inquiryId: string;
  /** Of the link: an older one than the inquiry’s is void. */
  version: number;
}

/** Below the origin: the page on which its sender sees how an inquiry stands. */
export function statusPath(secret: string, orgId: string, { inquiryId, version }: LinkedInquiry): string {
  return `/inquiry/${orgId}/${sign(secret, ['inquiry', orgId], [inquiryId, version])}`;
}

/** What a link is for, by its signature alone. @throws AppError not_found */
export function inquiryOfToken(secret: string, orgId: string, token: string): LinkedInquiry {
  const [inquiryId, version] = readSigned(secret, ['inquiry', orgId], token) ?? [];
  if (!inquiryId) throw notFound('This link');
  return { inquiryId, version: Number(version) };
}

/**
 * That a signed link still opens its inquiry.
 * @throws AppError not_found; link_replaced when a newer one was made; link_over long after the event
 */
export async function requireLink(tx: Tx, { inquiryId, version }: LinkedInquiry): Promise<void> {
  const [row] = await tx.query<{ version: number; over: boolean }>(
    `select q.link_version as version,
            coalesce(e.ends_at, q.ends_at, q.received_at + interval '1 year') + $3 * interval '1 day' < $4::timestamptz as over
       from inquiries q left join engagements e on e.org_id = q.org_id and e.id = q.engagement_id
      where q.org_id = $1 and q.id = $2`,
    [tx.scope.orgId, inquiryId, linkLives, tx.scope.now],
  );
  if (!row) throw notFound('This link');
  if (row.version !== version) {
    const message = 'This link was replaced by a newer one. Open the one in the newest mail about your request.';
    throw new AppError('link_replaced', { message });
  }
  if (row.over) throw new AppError('link_over', { message: 'This link has ended: the date is long over.' });
}
