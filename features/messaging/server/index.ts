import * as z from 'zod';
import { withControl } from '#platform/db/control.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { feature } from '#platform/http/feature.ts';
import type { Services } from '#platform/http/services.ts';
import { task } from '#platform/jobs/task.ts';
import { messaging, type Sender } from '../contract.ts';
import { closeBounces, openBounces, reportBounces } from './bounces.ts';
import { getMessage, listMessages, sendAgain } from './queries.ts';
import { renderMessage, senderOf } from './render-message.ts';
import { sendMessage } from './send-message.ts';
import { allowAddress, listSuppressed, suppressByHand } from './suppression.ts';
import { listTemplates, resetTemplate, setTemplate } from './templates.ts';
import { readUnsubscribe, unsubscribe } from './unsubscribe.ts';

export const messagingFeature = feature(
  messaging,
  {
    list: ({ tx }, { query }) => listMessages(tx, query),
    async get({ tx, services, scope }, { params }) {
      const { message, content, calendar } = await getMessage(tx, params.id);
      const sender = await senderOf(services.databases.control, scope.orgId);
      const { origin } = services.config;
      const looks = renderMessage({ ...message, content }, { sender, origin, unsubscribe: null, hideLink: true });
      return { ...message, ...looks, calendar };
    },
    sendAgain: ({ tx }, { params }) => sendAgain(tx, params.id).then(() => undefined),
    listTemplates: async ({ tx }) => ({ items: await listTemplates(tx) }),
    setTemplate: ({ tx }, { params, body }) => setTemplate(tx, params.kind, body),
    resetTemplate: ({ tx }, { params }) => resetTemplate(tx, params.kind).then(() => undefined),
    getSender: ({ tx, services }) => readSender(tx, services),
    async setSender({ tx, services, scope }, { body }) {
      await withControl(services, scope, (trx) =>
        trx
          .updateTable('organisations')
          .set({ sender_name: body.name, reply_to: body.replyTo })
          .where('id', '=', scope.orgId)
          .execute(),
      );
      return readSender(tx, services);
    },
    openBounces: ({ tx, services }) => openBounces(tx, services.config.origin),
    closeBounces: ({ tx }) => closeBounces(tx).then(() => undefined),
    listSuppressed: async ({ tx }) => ({ items: await listSuppressed(tx) }),
    suppress: ({ tx }, { body }) => suppressByHand(tx, body.email),
    allow: ({ tx }, { params }) => allowAddress(tx, params.id).then(() => undefined),
    readUnsubscribe,
    unsubscribe,
    reportBounces,
  },
  [
    task({
      name: 'messaging.send',
      payload: z.object({ messageId: z.uuid() }),
      run: (context, { messageId }) => sendMessage(context, messageId),
    }),
  ],
);

async function readSender(tx: Tx, { databases, mailer }: Services): Promise<Sender> {
  const { orgId } = tx.scope;
  const [row] = await databases.control
    .selectFrom('organisations')
    .select(['sender_name as name', 'reply_to as replyTo'])
    .where('id', '=', orgId)
    .execute();
  const [hook] = await tx.query('select id from bounce_hooks where org_id = $1', [orgId]);
  return {
    name: row?.name ?? null,
    replyTo: row?.replyTo ?? null,
    address: mailer.address,
    mailServer: mailer.delivers,
    bounceAddress: hook !== undefined,
  };
}
