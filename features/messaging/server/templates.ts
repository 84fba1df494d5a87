import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { MessageTemplate } from '../contract.ts';
import { kindNamed, messageKinds, type MessageKind } from '../kinds.ts';
import { placeOf, templateFault } from '../template-rules.ts';

interface OwnWording {
  kind: string;
  subject: string;
  body: string;
  version: number;
  updatedAt: string;
}

const ownSql = `select kind, subject, body, version, iso(updated_at) as "updatedAt" from message_templates
  where org_id = $1`;

export async function listTemplates(tx: Tx): Promise<MessageTemplate[]> {
  const rows = await tx.query<OwnWording>(ownSql, [tx.scope.orgId]);
  const own = new Map(rows.map((row) => [row.kind, row]));
  return Object.values(messageKinds).map((kind) => shown(kind, own.get(kind.kind)));
}

function shown(kind: MessageKind, own: OwnWording | undefined): MessageTemplate {
  return {
    kind: kind.kind,
    title: kind.title,
    variables: Object.entries(kind.variables).map(([name, variable]) => ({ name, ...variable })),
    subject: own?.subject ?? kind.subject,
    body: own?.body ?? kind.body,
    button: kind.button,
    unsubscribe: kind.unsubscribe,
    version: own?.version ?? 0,
    updatedAt: own?.updatedAt ?? null,
  };
}

interface Wording {
  version: number;
  subject: string;
  body: string;
}

/** @throws AppError not_found, invalid_input with the place of an unknown variable, version_conflict */
export async function setTemplate(tx: Tx, name: string, wording: Wording): Promise<MessageTemplate> {
  const kind = kindNamed(name);
  if (!kind) throw notFound('This kind of message');
  requireSound(kind, wording);
  const { subject, body, version } = wording;
  const key = [tx.scope.orgId, name];
  const [saved] =
    version === 0
      ? await tx.query(
          `insert into message_templates (org_id, id, kind, subject, body) values ($1, $3, $2, $4, $5)
           on conflict (org_id, kind) do nothing returning id`,
          [...key, uuidv7(), subject, body],
        )
      : await tx.query(
          `update message_templates set subject = $3, body = $4, version = version + 1, updated_at = now()
            where org_id = $1 and kind = $2 and version = $5 returning id`,
          [...key, subject, body, version],
        );
  if (!saved) {
    throw new AppError('version_conflict', {
      message: 'Somebody else changed this wording meanwhile. Reload it, and write yours again.',
    });
  }
  const [own] = await tx.query<OwnWording>(`${ownSql} and kind = $2`, key);
  return shown(kind, own);
}

function requireSound(kind: MessageKind, wording: Wording): void {
  const known = Object.keys(kind.variables);
  for (const field of ['subject', 'body'] as const) {
    const fault = templateFault(wording[field], known);
    if (fault) throw invalid(field, `At ${placeOf(wording[field], fault.at)}: ${fault.message}`);
  }
  if (wording.body.trim() === '') throw invalid('body', 'Write at least one paragraph.');
}

/** The wording that was there is in the history. */
export async function resetTemplate(tx: Tx, name: string): Promise<void> {
  if (!kindNamed(name)) throw notFound('This kind of message');
  await tx.query('delete from message_templates where org_id = $1 and kind = $2', [tx.scope.orgId, name]);
}
