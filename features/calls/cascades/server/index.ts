import { ranksSeenBy } from '#features/calls/lists/server/who-sees-ranks.ts';
import { feature, type OrgContext } from '#platform/http/feature.ts';
import { calls } from '../contract.ts';
import { answerCall } from './answering.ts';
import { callCalendar } from './call-calendar.ts';
import { extendCall, handOutLink, removeCall, renewLink, sendNow, skipCall } from './call-steering.ts';
import { listCandidates } from './candidates.ts';
import { forecastNeed } from './forecasting.ts';
import { callTasks } from './jobs.ts';
import { callsOfAccount, readCallForPerson } from './person-call.ts';
import {
  getCall,
  getCascade,
  getCascadeWithCalls,
  listCalls,
  listCascades,
  requireOwnCall,
  selfOf,
} from './queries.ts';
import { askQuestion, listQuestions, replyToQuestion } from './questions.ts';
import { startCascade } from './starting.ts';
import {
  addCandidates,
  cancelCascade,
  changeCascade,
  haltCascade,
  lookAgain,
  pauseCascade,
  reorderCalls,
  resumeCascade,
} from './steering.ts';
import { withdrawCall } from './withdrawing.ts';

export const callsFeature = feature(
  calls,
  {
    listCascades: ({ tx }, { query }) => listCascades(tx, query),
    getCascade: (context, { params }) => withCalls(context, params.id),
    candidates: async (context, { params, query }) => ({
      items: await listCandidates(context.tx, params.id, query.ids, await readerOf(context)),
    }),
    forecast: async ({ tx, services }, { params, body }) => ({
      ...(await forecastNeed(tx, params.id, body)),
      mailServer: services.mailer.delivers,
    }),
    async start(context, { params, body }) {
      return withCalls(context, await startCascade(context.tx, params.id, body, secretOf(context)));
    },
    change: (context, { params, body }) =>
      cascadeAfter(context, params.id, changeCascade(context.tx, params.id, body, secretOf(context))),
    pause: (context, { params }) =>
      cascadeAfter(context, params.id, pauseCascade(context.tx, params.id, secretOf(context))),
    resume: (context, { params }) =>
      cascadeAfter(context, params.id, resumeCascade(context.tx, params.id, secretOf(context))),
    halt: (context, { params }) =>
      cascadeAfter(context, params.id, haltCascade(context.tx, params.id, secretOf(context))),
    cancel: (context, { params, body }) =>
      cascadeAfter(context, params.id, cancelCascade(context.tx, params.id, body.note, secretOf(context))),
    async addCandidates(context, { params, body }) {
      await addCandidates(context.tx, params.id, body, secretOf(context));
      return withCalls(context, params.id);
    },
    async lookAgain(context, { params }) {
      await lookAgain(context.tx, params.id, secretOf(context));
      return withCalls(context, params.id);
    },
    async reorder(context, { params, body }) {
      await reorderCalls(context.tx, params.id, body.callIds);
      return withCalls(context, params.id);
    },
    listCalls: async ({ tx, caller }, { query }) => listCalls(tx, query, await selfOf(tx, caller.userId)),
    getCall: (context, { params }) => withQuestions(context, params.id),
    remove: (context, { params }) => removeCall(context.tx, params.id, secretOf(context)).then(() => undefined),
    sendNow: (context, { params }) => callAfter(context, params.id, sendNow(context.tx, params.id, secretOf(context))),
    skip: (context, { params, body }) =>
      callAfter(context, params.id, skipCall(context.tx, params.id, body.note, secretOf(context))),
    extend: (context, { params, body }) =>
      callAfter(context, params.id, extendCall(context.tx, params.id, body.deadlineAt, secretOf(context))),
    accept(context, { params, body }) {
      const answer = { accept: body.services ?? ('all' as const), seen: body.seen };
      return callAfter(context, params.id, answerCall(context.tx, params.id, answer, secretOf(context), 'office'));
    },
    decline(context, { params, body: { reason, note } }) {
      const answer = { decline: reason, note };
      return callAfter(context, params.id, answerCall(context.tx, params.id, answer, secretOf(context), 'office'));
    },
    withdraw: (context, { params, body }) =>
      callAfter(context, params.id, withdrawCall(context.tx, params.id, body, secretOf(context), 'office')),
    renewLink: (context, { params }) =>
      callAfter(context, params.id, renewLink(context.tx, params.id, secretOf(context))),
    async handOutLink({ tx, services: { config } }, { params }) {
      return { url: config.origin + (await handOutLink(tx, params.id, config.secret)) };
    },
    async reply(context, { params, body }) {
      await replyToQuestion(context.tx, params.id, body.body, secretOf(context));
      return withQuestions(context, params.id);
    },
    mine: async ({ tx, caller }) => ({ items: await callsOfAccount(tx, caller.userId) }),
    acceptMine: (context, { params, body }) =>
      mineAfter(context, params.id, () =>
        answerCall(context.tx, params.id, { accept: body.services ?? 'all', seen: body.seen }, secretOf(context)),
      ),
    declineMine: (context, { params, body: { reason, note } }) =>
      mineAfter(context, params.id, () =>
        answerCall(context.tx, params.id, { decline: reason, note }, secretOf(context)),
      ),
    withdrawMine: (context, { params, body }) =>
      mineAfter(context, params.id, () => withdrawCall(context.tx, params.id, body, secretOf(context))),
    askMine: (context, { params, body }) =>
      mineAfter(context, params.id, () => askQuestion(context.tx, params.id, body.body)),
    async calendarOfMine({ tx, caller, reply }, { params }) {
      await requireOwnCall(tx, params.id, caller.userId);
      reply.header('content-disposition', 'attachment; filename="services.ics"');
      return callCalendar(tx, params.id);
    },
  },
  callTasks,
);

const secretOf = ({ services }: OrgContext) => services.config.secret;

async function readerOf({ tx, caller }: OrgContext) {
  return { self: await selfOf(tx, caller.userId), ranks: await ranksSeenBy(tx, caller) };
}

async function withCalls(context: OrgContext, id: string) {
  return getCascadeWithCalls(context.tx, context.services.databases.control, id, await readerOf(context));
}

async function cascadeAfter({ tx }: OrgContext, id: string, done: Promise<void>) {
  await done;
  return getCascade(tx, id);
}

async function callAfter({ tx, caller }: OrgContext, id: string, done: Promise<void>) {
  await done;
  return getCall(tx, id, await selfOf(tx, caller.userId));
}

async function withQuestions({ tx, caller, services }: OrgContext, id: string) {
  const call = await getCall(tx, id, await selfOf(tx, caller.userId));
  return { call, questions: await listQuestions(tx, services.databases.control, id) };
}

/** What somebody does with a call of their own. */
async function mineAfter({ tx, caller }: OrgContext, id: string, act: () => Promise<void>) {
  await requireOwnCall(tx, id, caller.userId);
  await act();
  return readCallForPerson(tx, id);
}
