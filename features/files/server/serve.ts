import type { FastifyRequest } from 'fastify';
import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { ObjectMissing } from '#platform/files/store.ts';
import { Bytes } from '#platform/http/bytes.ts';
import { disposition } from '#platform/http/disposition.ts';
import type { Services } from '#platform/http/services.ts';

import { previewOf } from '../file-kinds.ts';
import { rangeOf } from '../range-rules.ts';
import { readLink, signLink, type LinkTarget } from './links.ts';
import { getServedVersion, type ServedVersion } from './queries.ts';

interface WantedLink {
  fileId: string;
  versionId: string | undefined;
  show: boolean;
}

/** @param own as in `getServedVersion`. @throws AppError not_found, not_served */
export async function linkTo(
  { config, files }: Services,
  tx: Tx,
  { show, ...wanted }: WantedLink,
  own?: string,
): Promise<{ url: string; expiresAt: string }> {
  const version = await getServedVersion(tx, wanted, own);
  requireServed(version, show, files.scanner !== undefined);
  const { token, expiresAt } = signLink(config.secret, tx.scope, { versionId: version.id, show });
  return { url: `/api/v1/orgs/${tx.scope.orgId}/files/content/${token}`, expiresAt };
}

/**
 * What a link opens, if it may still be opened: the asker's permission was looked at by the route, the rest is here.
 * @throws AppError not_found, link_expired, not_served, content_missing
 */
export async function serveContent(
  { config, files }: Services,
  tx: Tx,
  request: FastifyRequest,
  token: string,
  own?: string,
): Promise<Bytes> {
  const link: LinkTarget = readLink(config.secret, tx.scope, token);
  const version = await getServedVersion(tx, link, own);
  requireServed(version, link.show, files.scanner !== undefined);
  const how = disposition(link.show ? 'inline' : 'attachment', version.name);
  if (files.store.sign && !link.show)
    return new Bytes(302, {
      location: await files.store.sign(version.objectKey, 60, { type: version.type, disposition: how }),
    });
  return answer(files.store, version, request, {
    'content-type': version.type === 'text/plain' ? 'text/plain; charset=utf-8' : version.type,
    'content-disposition': how,
    'content-security-policy': sandboxed,
    'cache-control': 'private, no-store',
    'accept-ranges': 'bytes',
    etag: `"${version.id}"`,
  });
}

/** Whatever it is, it loads nothing, runs nothing, and has no origin. Chromium’s viewer of PDF works in it (seen with 156). */
const sandboxed = "sandbox; default-src 'none'; frame-ancestors 'none'";

function requireServed({ state, type, name }: ServedVersion, show: boolean, hasScanner: boolean): void {
  const refuse = (message: string) => {
    throw new AppError('not_served', { message });
  };
  if (state === 'infected') refuse(`“${name}” is infected. Nobody gets it.`);
  if (state === 'refused') refuse(`“${name}” was refused. Upload it again.`);
  if (state === 'checking' || (state === 'unscanned' && hasScanner))
    refuse(`“${name}” is still being looked into. Try again in a moment.`);
  if (!show) return;
  if (previewOf(type) === null) refuse(`“${name}” can’t be shown here. Download it.`);
  if (state !== 'clean') refuse(`“${name}” was not scanned for viruses, so it isn’t shown here. Download it.`);
}

function answer(
  store: Services['files']['store'],
  { objectKey, size, id }: ServedVersion,
  { headers }: FastifyRequest,
  common: Record<string, string>,
): Bytes {
  // A part of what was another content: then all of it.
  const same = headers['if-range'] === undefined || headers['if-range'] === `"${id}"`;
  const range = same ? rangeOf(headers.range, size) : undefined;
  if (range === null) return new Bytes(416, { 'content-range': `bytes */${size}` });
  const open = () =>
    store.read(objectKey, range).catch((error: unknown) => {
      if (!(error instanceof ObjectMissing)) throw error;
      throw new AppError('content_missing', {
        message: 'The content of this file is missing in the store. Ask who runs this installation.',
      });
    });
  if (!range) return new Bytes(200, { ...common, 'content-length': String(size) }, open);
  const { first, last } = range;
  const part = { 'content-length': String(last - first + 1), 'content-range': `bytes ${first}-${last}/${size}` };
  return new Bytes(206, { ...common, ...part }, open);
}
