import { withinLimit } from '#features/identity/server/limits.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { feature, type PublicContext } from '#platform/http/feature.ts';
import { actByToken, readByToken } from '#platform/http/token-scope.ts';
import { answerCall, openedCall } from '#features/calls/cascades/server/answering.ts';
import { callCalendar } from '#features/calls/cascades/server/call-calendar.ts';
import { callOfToken, requireLink } from '#features/calls/cascades/server/link.ts';
import { readCallForPerson } from '#features/calls/cascades/server/person-call.ts';
import { askQuestion } from '#features/calls/cascades/server/questions.ts';
import { withdrawCall } from '#features/calls/cascades/server/withdrawing.ts';
import { answers, type AnswerSheet } from '../contract.ts';

/** Of one call, whoever has its link: people change their minds now and then, programs all the time. */
const limit = { name: 'call', most: 30, seconds: 60 };

interface Params {
  orgId: string;
  token: string;
}

export const answersFeature = feature(answers, {
  get: (context, { params }) => sheetOf(context, params, readCallForPerson, readByToken),
  async opened(context, { params }) {
    await withCall(context, params, openedCall, actByToken);
    return undefined;
  },
  accept: (context, { params, body }) =>
    acted(context, params, (tx, callId) =>
      answerCall(tx, callId, { accept: body.services ?? 'all', seen: body.seen }, secretOf(context)),
    ),
  decline: (context, { params, body: { reason, note } }) =>
    acted(context, params, (tx, callId) => answerCall(tx, callId, { decline: reason, note }, secretOf(context))),
  withdraw: (context, { params, body }) =>
    acted(context, params, (tx, callId) => withdrawCall(tx, callId, body, secretOf(context))),
  ask: (context, { params, body }) => acted(context, params, (tx, callId) => askQuestion(tx, callId, body.body)),
  async calendar(context, { params }) {
    const { result } = await withCall(context, params, callCalendar, readByToken);
    context.reply.header('content-disposition', 'attachment; filename="services.ics"');
    return result;
  },
});

const secretOf = ({ services }: PublicContext) => services.config.secret;

type Door = typeof actByToken;
type Work<T> = (tx: Tx, callId: string) => Promise<T>;

/** Does it, and tells how the call stands then, in one transaction. */
function acted(context: PublicContext, params: Params, work: Work<unknown>): Promise<AnswerSheet> {
  const workThenRead: Work<AnswerSheet['call']> = async (tx, callId) => {
    await work(tx, callId);
    return readCallForPerson(tx, callId);
  };
  return sheetOf(context, params, workThenRead, actByToken);
}

async function sheetOf(context: PublicContext, params: Params, read: Work<AnswerSheet['call']>, door: Door) {
  const { organisation, result: call } = await withCall(context, params, read, door);
  return { organisation, call };
}

/**
 * Opens the one call that the link is for. Its signature is looked at before any database is: whoever makes links up
 * costs nothing. An organisation that is gone or suspended, a call that is gone, a forged link: one and the same 404.
 */
async function withCall<T>({ services, request, reply }: PublicContext, params: Params, work: Work<T>, door: Door) {
  const { orgId, token } = params;
  // The address is a key: nobody is to learn it from here, nor find it.
  reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex, nofollow');
  const link = callOfToken(services.config.secret, orgId, token);
  const [row] = await services.databases.control
    .selectFrom('organisations')
    .select('name')
    .where('id', '=', orgId)
    .where('status', '=', 'active')
    .execute();
  if (!row) throw notFound('This link');
  if (door === actByToken) await withinLimit(services.databases.control, limit, link.callId);
  const result = await door(services, orgId, 'call', request.id, async (tx) => {
    await requireLink(tx, link);
    return work(tx, link.callId);
  }).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'not_found' ? notFound('This link') : error;
  });
  return { organisation: row.name, result };
}
