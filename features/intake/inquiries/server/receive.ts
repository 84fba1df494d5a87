import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { publish } from '#platform/jobs/task.ts';
import type { Received, ReceivedInquiry } from '../received.ts';
import { titleOf } from '../rules.ts';
import { findOrMakeParty } from './contacts.ts';
import { writeToSender } from './letters.ts';
import { statusPath } from './link.ts';

/**
 * Takes in what was sent by a form, in the transaction that checked it: the inquiry, who asks, the mail with the link to
 * its page, and the news for those who watch the inbox. What looks like spam is kept apart, and nobody hears of it.
 *
 * @param secret signs the link
 */
export async function receiveInquiry(tx: Tx, received: Received, secret: string): Promise<ReceivedInquiry> {
  const { meaning, suspected } = received;
  const asker = {
    contactName: oneLine(meaning.contactName, 200),
    company: oneLine(meaning.company, 200),
    email: meaning.email,
    phone: meaning.phone === null ? null : oneLine(meaning.phone, 60) || null,
  };
  const partyId = suspected ? null : await findOrMakeParty(tx, asker);
  const id = uuidv7();
  const { orgId, now } = tx.scope;
  const inserted = await tx.query(
    `insert into inquiries (org_id, id, source, form_id, revision, answers, title, starts_at, ends_at, zone, place_id, people,
                            budget_minor, budget_currency, contact_name, company, email, phone, message, state, suspected,
                            party_id, received_at)
     select $1, $2, $3, f.form_id, f.number, $6, coalesce($7, f.title), $8, $9, $10,
            (select p.id from resources p where p.org_id = $1 and p.id = $11 and p.kind = 'place'),
            $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23
       from form_revisions f where f.org_id = $1 and f.form_id = $4 and f.number = $5
     returning id`,
    [
      orgId,
      id,
      received.source,
      received.formId,
      received.revision,
      JSON.stringify(received.answers),
      titleOf(meaning, '') || null,
      meaning.startsAt,
      meaning.endsAt,
      meaning.zone,
      meaning.placeId,
      meaning.people !== null && meaning.people >= 1 && meaning.people <= 10_000_000
        ? Math.floor(meaning.people)
        : null,
      meaning.budget?.minor ?? null,
      meaning.budget?.currency ?? null,
      asker.contactName,
      asker.company,
      asker.email,
      asker.phone,
      meaning.message ?? '',
      suspected ? 'spam' : 'new',
      suspected,
      partyId,
      now,
    ],
  );
  if (inserted.length === 0) throw new AppError('not_found', { message: 'This form was not found.' });
  if (!suspected) await welcome(tx, id, secret);
  return { id, statusPath: statusPath(secret, orgId, { inquiryId: id, version: 1 }) };
}

/** Thanks its sender, and tells the inbox. */
export async function welcome(tx: Tx, inquiryId: string, secret: string): Promise<void> {
  await writeToSender(tx, secret, { kind: 'inquiry_received', inquiryId });
  await publish(tx, 'inquiries.received', { inquiryId, by: tx.scope.actor });
}

function oneLine(value: string | null, most: number): string {
  return (value ?? '')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, most);
}
