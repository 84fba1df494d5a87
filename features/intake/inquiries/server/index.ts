import { AppError } from '#platform/contract/errors.ts';
import { feature, type OrgContext } from '#platform/http/feature.ts';
import { getClaims } from '#features/scheduling/claims/server/queries.ts';
import { requireRanking } from '#features/scheduling/claims/server/place.ts';
import { inquiries } from '../contract.ts';
import { approveInquiry } from './approve.ts';
import {
  addNote,
  askSender,
  changeInquiry,
  declineInquiry,
  enterInquiry,
  linkOf,
  markNotSpam,
  markSpam,
  removeInquiry,
  reopenInquiry,
  reviewInquiry,
} from './commands.ts';
import { holdFor } from './holds.ts';
import { inquiryTasks } from './jobs.ts';
import { countInquiries, getDetail, getInquiry, getMessage, listInquiries } from './queries.ts';
import { isWatching, setWatching } from './watching.ts';

const controlOf = ({ services }: OrgContext) => services.databases.control;
const secretOf = ({ services }: OrgContext) => services.config.secret;

/** Does it, and tells how the inquiry stands then. */
async function after(context: OrgContext, id: string, work: Promise<unknown>) {
  await work;
  return getInquiry(context.tx, controlOf(context), id);
}

export const inquiriesFeature = feature(
  inquiries,
  {
    list: (context, { query }) => listInquiries(context.tx, controlOf(context), query),
    counts: ({ tx }) => countInquiries(tx),
    getWatching: async ({ tx, caller }) => ({ watching: await isWatching(tx, caller.userId, caller.role) }),
    async setWatching({ tx, caller }, { body }) {
      await setWatching(tx, caller.userId, body.watching);
      return body;
    },
    async create(context, { body }) {
      const id = await enterInquiry(context.tx, controlOf(context), body, secretOf(context));
      return getInquiry(context.tx, controlOf(context), id);
    },
    get: (context, { params }) => getDetail(context.tx, controlOf(context), params.id),
    change: (context, { params, body }) =>
      after(context, params.id, changeInquiry(context.tx, controlOf(context), params.id, body)),
    review: (context, { params }) =>
      after(context, params.id, reviewInquiry(context.tx, params.id, context.caller.userId)),
    spam: (context, { params }) => after(context, params.id, markSpam(context.tx, params.id)),
    notSpam: (context, { params }) => after(context, params.id, markNotSpam(context.tx, params.id, secretOf(context))),
    addNote: async (context, { params, body }) =>
      getMessage(context.tx, controlOf(context), await addNote(context.tx, params.id, body.body)),
    ask: async (context, { params, body }) =>
      getMessage(context.tx, controlOf(context), await askSender(context.tx, params.id, body.body, secretOf(context))),
    async hold({ tx, caller }, { params, body }) {
      requireRanking(caller, body.claims);
      return { claims: await getClaims(tx, await holdFor(tx, params.id, body.claims)) };
    },
    async approve(context, { params, body }) {
      const { organisation } = context.caller;
      if (body.confirm) requireCommit(context);
      const engagementId = await approveInquiry(context.tx, params.id, body, {
        organisation,
        secret: secretOf(context),
      });
      return { inquiry: await getInquiry(context.tx, controlOf(context), params.id), engagementId };
    },
    decline: (context, { params, body }) =>
      after(context, params.id, declineInquiry(context.tx, params.id, body, secretOf(context))),
    remove: ({ tx }, { params }) => removeInquiry(tx, params.id).then(() => undefined),
    reopen: (context, { params }) => after(context, params.id, reopenInquiry(context.tx, params.id)),
    link: async (context, { params, body }) => ({
      path: await linkOf(context.tx, params.id, body.renew, secretOf(context)),
    }),
  },
  inquiryTasks,
);

function requireCommit({ caller }: OrgContext): void {
  if (caller.can('claims.commit')) return;
  throw new AppError('forbidden', {
    message: `Your role (${caller.roleName}) doesn’t allow you to commit what is held. Approve without that.`,
    extra: { permission: 'claims.commit' },
  });
}
