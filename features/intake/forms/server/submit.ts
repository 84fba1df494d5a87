import { createHash, createHmac } from 'node:crypto';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { addDays, toWallClock } from '#platform/time/wall-clock.ts';
import { statusPath } from '#features/intake/inquiries/server/link.ts';
import { receiveInquiry } from '#features/intake/inquiries/server/receive.ts';
import type { forms, FormSent } from '../contract.ts';
import { answerFaults, keptAnswers } from '../answer-rules.ts';
import type { Answers, FormField, Meaning } from '../field-rules.ts';
import { meaningOf } from '../meaning-rules.ts';
import { looksLikeSpam, type Suspicion } from '../spam-rules.ts';
import { claimFiles } from './form-files.ts';
import type { PageToken } from './page-token.ts';
import { addedUp, requireRoom, type Standing } from './submission-limits.ts';

export type Submission = RouteInput<(typeof forms)['routes']['submit']>['body'];

interface Sender {
  /** Of the organisation: “today” is its. */
  zone: string;
  /** Signs the applicant’s link, and hides their address in what is counted. */
  secret: string;
}

/**
 * Takes in what a page sent whose token and proof are right: once, however often it is sent, and with everything that
 * becomes of it or with nothing.
 * @throws AppError not_found, form_closed, form_stale, form_used, rate_limited, invalid_input by field
 */
export async function receiveSubmission(
  tx: Tx,
  slug: string,
  token: PageToken,
  { answers: given, homepage }: Submission,
  { zone, secret }: Sender,
): Promise<FormSent> {
  const form = await lockForm(tx, slug, token);
  const answers = soundAnswers(form.fields, given, earliestDay(tx.scope.now, zone));
  const digest = digestOf(answers);
  const before = await sentBefore(tx, token, digest);
  if (before) {
    const path = before.again ? statusPath(secret, tx.scope.orgId, { inquiryId: before.inquiryId, version: 1 }) : null;
    if (!before.again) await note(tx, token, { digest, inquiryId: before.inquiryId, folded: true });
    return { thanks: form.thanks, statusPath: path };
  }
  if (!form.open) throw new AppError('form_closed', { message: 'This form takes nothing at present.' });
  const meaning = meaningOf(form.fields, answers, await zoneOf(tx, form.fields, answers, zone));
  const mailboxHash = hashOfMailbox(secret, tx.scope.orgId, meaning);
  const standing = await addedUp(tx, mailboxHash);
  const suspicions = suspicionsOf(form.fields, answers, homepage, standing);
  const suspected = suspicions.length > 0;
  requireRoom(standing, suspected);
  const fileIds = await claimFiles(tx, token, form.fields, answers);
  const { id: inquiryId, statusPath: path } = await receiveInquiry(
    tx,
    { formId: form.id, revision: token.revision, answers, meaning, source: 'form', suspected, fileIds },
    secret,
  );
  await note(tx, token, { digest, inquiryId, mailboxHash, suspicions });
  return { thanks: form.thanks, statusPath: path };
}

interface LockedForm {
  id: string;
  open: boolean;
  thanks: string;
  fields: FormField[];
}

/** What is sent to one form is taken in one by one: so the same twice is seen, and limits hold. */
async function lockForm(tx: Tx, slug: string, { formId, revision }: PageToken): Promise<LockedForm> {
  const [locked] = await tx.query<{ id: string; open: boolean }>(
    'select id, open from forms where org_id = $1 and id = $2 and slug = $3 for no key update',
    [tx.scope.orgId, formId, slug],
  );
  if (!locked) throw notFound('This form');
  const [asked] = await tx.query<{ thanks: string; fields: FormField[] }>(
    'select thanks, fields from form_revisions where org_id = $1 and form_id = $2 and number = $3',
    [tx.scope.orgId, formId, revision],
  );
  if (!asked) throw notFound('This form');
  return { ...locked, ...asked };
}

/** Answers to the revision that the page showed, although a newer one may be out. @throws AppError invalid_input */
function soundAnswers(fields: readonly FormField[], answers: Record<string, unknown>, earliest: string): Answers {
  const unknown = Object.keys(answers).find((key) => !fields.some((field) => field.key === key));
  if (unknown !== undefined) throw invalid(`answers.${unknown}`, 'There is no such field.');
  const faults = answerFaults(fields, answers, earliest);
  const [first] = faults;
  if (!first) return keptAnswers(fields, answers);
  const label = fields.find(({ key }) => key === first[0])?.label ?? first[0];
  throw new AppError('invalid_input', {
    message: `${label}: ${first[1]}`,
    fields: [...faults].map(([key, message]) => ({ field: `answers.${key}`, message })),
  });
}

/** A day behind: somewhere it still is yesterday. */
function earliestDay(now: Date, zone: string): string {
  return addDays(toWallClock(now.toISOString(), zone).date, -1);
}

function digestOf(answers: Answers): string {
  return createHash('sha256').update(JSON.stringify(answers)).digest('base64url');
}

/** Hours for which the same answers are the same request, come again. */
const sameFor = 24;

/**
 * The inquiry that these answers became already: from this very page, whose answer was lost on its way (`again`), or from
 * another, to whom the first one’s link isn’t told.
 * @throws AppError form_used when this page sent something else before
 */
async function sentBefore(
  tx: Tx,
  { id, formId }: PageToken,
  digest: string,
): Promise<{ inquiryId: string; again: boolean } | undefined> {
  const { orgId, now } = tx.scope;
  const since = new Date(now.getTime() - sameFor * 3_600_000);
  const rows = await tx.query<{ id: string; digest: string; inquiryId: string; folded: boolean }>(
    `select id, digest, inquiry_id as "inquiryId", folded from form_submissions
      where org_id = $1 and (id = $2 or (form_id = $3 and digest = $4 and sent_at >= $5))
      order by (id = $2) desc limit 1`,
    [orgId, id, formId, digest, since],
  );
  const [first] = rows;
  if (!first) return undefined;
  if (first.id !== id) return { inquiryId: first.inquiryId, again: false };
  if (first.digest !== digest) {
    throw new AppError('form_used', {
      message: 'This was sent already. To send something else, open the form again.',
    });
  }
  return { inquiryId: first.inquiryId, again: !first.folded };
}

async function zoneOf(tx: Tx, fields: readonly FormField[], answers: Answers, usual: string): Promise<string> {
  const { placeId } = meaningOf(fields, answers, usual);
  if (placeId === null) return usual;
  const [place] = await tx.query<{ zone: string }>('select zone from resources where org_id = $1 and id = $2', [
    tx.scope.orgId,
    placeId,
  ]);
  return place?.zone ?? usual;
}

/** Names a mailbox without keeping it, for as long as mails to it are counted. */
function hashOfMailbox(secret: string, orgId: string, { email }: Meaning): string | null {
  if (email === null) return null;
  return createHmac('sha256', secret).update(`form mailbox\n${orgId}\n${email.toLowerCase()}`).digest('base64url');
}

function suspicionsOf(
  fields: readonly FormField[],
  answers: Answers,
  homepage: string,
  { mailsToMailbox, newLately }: Standing,
): Suspicion[] {
  const found: [Suspicion, boolean][] = [
    ['trap', homepage !== ''],
    ['words', looksLikeSpam(fields, answers)],
    ['mailbox', mailsToMailbox],
    ['flood', newLately],
  ];
  return found.flatMap(([suspicion, is]) => (is ? [suspicion] : []));
}

interface Noted {
  digest: string;
  inquiryId: string;
  mailboxHash?: string | null;
  suspicions?: readonly Suspicion[];
  folded?: boolean;
}

/** The token is used from here on; of two who send it at once the second finds the first one’s row. */
async function note(
  tx: Tx,
  { id, formId }: PageToken,
  { digest, inquiryId, mailboxHash = null, suspicions = [], folded = false }: Noted,
): Promise<void> {
  await tx.query(
    `insert into form_submissions (org_id, id, form_id, digest, mailbox_hash, suspicions, inquiry_id, folded, sent_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (org_id, id) do nothing`,
    [tx.scope.orgId, id, formId, digest, mailboxHash, suspicions, inquiryId, folded, tx.scope.now],
  );
}
