import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';

/** Attempts from one address, whatever becomes of them: an office shares one. */
export const addressLimit = { name: 'form', most: 30, seconds: 600 };

/** Files from one address: fewer in a day than would close the organisation’s forms to everybody’s files. */
export const fileLimits = [
  { name: 'form-file', most: 20, seconds: 600 },
  { name: 'form-files', most: 40, seconds: 86_400 },
] as const;

/** Mails to one mailbox in a day, whoever names it: a form must not be a way to bother somebody. */
const mailsADay = 3;
/** New inquiries of an organisation in an hour; what comes beyond is kept apart rather than lost. */
const newAnHour = 120;
/** Kept apart in a day: more of it nobody would look through, and it must not fill the database. */
const suspectedADay = 500;

/** How much came in lately. */
export interface Standing {
  /** This mailbox had its mails of today. */
  mailsToMailbox: boolean;
  /** The hour’s new ones are there already. */
  newLately: boolean;
  /** No more of what looks like spam is kept today. */
  fullOfSpam: boolean;
}

export async function addedUp(tx: Tx, mailboxHash: string | null): Promise<Standing> {
  const { orgId, now } = tx.scope;
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  const [[lately], [mails]] = await Promise.all([
    tx.query<{ fresh: number; suspected: number }>(
      `select count(*) filter (where suspicions = '{}' and sent_at >= $3)::int as fresh,
              count(*) filter (where suspicions <> '{}')::int as suspected
         from form_submissions where org_id = $1 and sent_at >= $2 and not folded`,
      [orgId, ago(24), ago(1)],
    ),
    tx.query<{ count: number }>(
      `select count(*)::int as count from form_submissions
        where org_id = $1 and mailbox_hash = $2 and sent_at >= $3 and suspicions = '{}' and not folded`,
      [orgId, mailboxHash, ago(24)],
    ),
  ]);
  return {
    mailsToMailbox: (mails?.count ?? 0) >= mailsADay,
    newLately: (lately?.fresh ?? 0) >= newAnHour,
    fullOfSpam: (lately?.suspected ?? 0) >= suspectedADay,
  };
}

/** @throws AppError rate_limited for what looks like spam, when a day’s worth of it is there */
export function requireRoom({ fullOfSpam }: Standing, suspected: boolean): void {
  if (!fullOfSpam || !suspected) return;
  throw new AppError('rate_limited', {
    message: 'Too much was sent by this form today. Please write a mail, or try again tomorrow.',
  });
}
