import { asker, withinLimit } from '#features/identity/server/limits.ts';
import { linkTo, serveContent } from '#features/files/server/serve.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { feature, type PublicContext } from '#platform/http/feature.ts';
import { actByToken, readByToken } from '#platform/http/token-scope.ts';
import { answerItem, commentOn, markItem, type Voice } from '../../server/answering.ts';
import { readToken, requireOpen, type LinkToken, type OpenLink } from '../../server/link.ts';
import { fileOf, noteLook, readSheet, readSheetItem } from '../../server/sheet.ts';
import { answerWithFile } from '../../server/their-files.ts';
import { outsideAdvance } from '../contract.ts';

interface Params {
  orgId: string;
  token: string;
}

interface Organisation {
  name: string;
  colour: string | null;
  logoSetAt: string | null;
}

export const outsideAdvanceFeature = feature(outsideAdvance, {
  get: (context, { params }) =>
    opening(context, params, readByToken, async (tx, link, { name, colour, logoSetAt }) => ({
      organisation: name,
      colour,
      hasLogo: logoSetAt !== null,
      ...(await readSheet(tx, name, link)),
    })),
  async opened(context, { params }) {
    await limited(context, params);
    await opening(context, params, actByToken, noteLook);
    return undefined;
  },
  answer: (context, { params, body }) =>
    saying(context, params, (tx, voice) => answerItem(tx, params.itemId, body, voice)),
  mark: (context, { params, body }) => saying(context, params, (tx, voice) => markItem(tx, params.itemId, body, voice)),
  async comment(context, { params, body }) {
    await limited(context, params, comments);
    return saying(context, params, (tx, voice) => commentOn(tx, params.itemId, { ...body, internal: false }, voice));
  },
  async addFile(context, { params, query }) {
    const { services, request } = context;
    await limited(context, params, filesOfDay);
    const said = await limited(context, params, files);
    // Opened first: a link that is over is told so before anything is taken in.
    await opening(context, params, readByToken, async () => undefined);
    await answerWithFile(services, params.orgId, request, { itemId: params.itemId, ...query }, said.linkId, (tx) =>
      requireOpen(tx, said),
    ).catch(alike);
    return opening(context, params, readByToken, (tx, link, { name }) => readSheetItem(tx, name, link, params.itemId));
  },
  file: (context, { params }) =>
    opening(context, params, readByToken, async (tx, link) => {
      const fileId = await fileOf(tx, link, params.itemId);
      const { url } = await linkTo(context.services, tx, { fileId, versionId: undefined, show: false });
      return serveContent(context.services, tx, context.request, url.slice(url.lastIndexOf('/') + 1));
    }),
});

/** Says it in the name of whose link it is, and shows the item as it is then, in one transaction. */
async function saying(
  context: PublicContext,
  params: Params & { itemId: string },
  say: (tx: Tx, voice: Voice) => Promise<void>,
) {
  await limited(context, params);
  return opening(context, params, actByToken, async (tx, link, { name }) => {
    await say(tx, { side: 'them', linkId: link.id, engagementId: link.engagementId });
    return readSheetItem(tx, name, link, params.itemId);
  });
}

/** Fast typing and tabbing stays far below this. */
const writes = { name: 'advance', most: 120, seconds: 60 } as const;

/** Each is told to whoever sent the link. */
const comments = { name: 'advance_comment', most: 30, seconds: 600 } as const;

/** Each fills the organisation’s room. */
const files = { name: 'advance_file', most: 20, seconds: 600 } as const;
const filesOfDay = { name: 'advance_files', most: 100, seconds: 86_400 } as const;

/** Per link, and from one address: made-up links are refused before. @throws AppError rate_limited */
async function limited(
  { services, request }: PublicContext,
  { orgId, token }: Params,
  limit: Parameters<typeof withinLimit>[1] = writes,
): Promise<LinkToken> {
  const said = readToken(services.config.secret, orgId, token);
  await withinLimit(services.databases.control, limit, `${said.linkId} ${asker(request.ip)}`);
  return said;
}

/** Whatever isn’t there, it is the link that doesn’t lead there. */
function alike(error: unknown): never {
  throw error instanceof AppError && error.code === 'not_found' ? notFound('This link') : error;
}

type Door = typeof actByToken;

/**
 * Opens the one advance that the link is for. Its signature is looked at before any database is: whoever makes links up
 * costs nothing. An organisation that is gone or suspended, a link that is gone, a forged one: one and the same 404.
 */
async function opening<T>(
  { services, request, reply }: PublicContext,
  { orgId, token }: Params,
  door: Door,
  work: (tx: Tx, link: OpenLink, organisation: Organisation) => Promise<T>,
): Promise<T> {
  // The address is a key: nobody is to learn it from here, nor find it.
  reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex, nofollow');
  const said = readToken(services.config.secret, orgId, token);
  const organisation = await services.databases.control
    .selectFrom('organisations')
    .select(['name', 'brand_colour as colour', 'logo_set_at as logoSetAt'])
    .where('id', '=', orgId)
    .where('status', '=', 'active')
    .executeTakeFirst();
  if (!organisation) throw notFound('This link');
  return door(services, orgId, 'advance', request.id, async (tx) =>
    work(tx, await requireOpen(tx, said), organisation),
  ).catch(alike);
}
