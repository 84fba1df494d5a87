import type { Databases } from '#platform/db/databases.ts';
import { kindNamed } from '../kinds.ts';
import { mailHtml, mailText } from '../mail-layout.ts';
import type { MessageContent } from './queue-message.ts';

/** Who writes, as the control database knows it. */
export interface SenderIdentity {
  organisation: string;
  name: string;
  replyTo: string | null;
}

export async function senderOf(control: Databases['control'], orgId: string): Promise<SenderIdentity> {
  const row = await control
    .selectFrom('organisations')
    .select(['name', 'sender_name as senderName', 'reply_to as replyTo'])
    .where('id', '=', orgId)
    .executeTakeFirstOrThrow();
  return { organisation: row.name, name: row.senderName ?? row.name, replyTo: row.replyTo };
}

interface Rendering {
  sender: SenderIdentity;
  /** Before links that are paths of this installation. */
  origin: string;
  unsubscribe: string | null;
  /** For somebody else's eyes: the reader's own link is not shown. */
  hideLink?: boolean;
}

/** HTML and plain text of one message, both from its paragraphs. */
export function renderMessage(
  { kind, subject, content }: { kind: string; subject: string; content: MessageContent },
  { sender, origin, unsubscribe, hideLink = false }: Rendering,
): { html: string; text: string } {
  const { paragraphs, button } = content;
  const href = button && (button.href.startsWith('/') ? `${origin}${button.href}` : button.href);
  const mail = {
    sender: sender.name,
    subject,
    paragraphs: paragraphs.map((lines) =>
      lines.map((runs) =>
        runs.map(({ text, bold, href: to }) => ({ text, ...(bold && { bold }), ...(to && { href: to }) })),
      ),
    ),
    button: button && href ? { label: button.label, href: hideLink ? '#' : href } : null,
    footer: `${sender.organisation} sent you this with Holdfast.`,
    unsubscribe: kindNamed(kind)?.unsubscribe ? (hideLink ? '#' : unsubscribe) : null,
  };
  return { html: mailHtml(mail), text: mailText(mail) };
}
