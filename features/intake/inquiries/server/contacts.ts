import { party } from '#features/parties/contract.ts';
import { createParty } from '#features/parties/server/commands.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { takeTurn } from '#platform/db/turns.ts';
import type { AlikeParty } from '../inquiry-contract.ts';
import { phoneDigits } from '../rules.ts';

/** Who asks, as an inquiry has it. */
export interface Asker {
  contactName: string;
  company: string;
  email: string | null;
  phone: string | null;
}

/** The contact of this address, if there is one and no second. */
export async function partyByEmail(tx: Tx, email: string | null): Promise<string | undefined> {
  if (email === null) return undefined;
  const found = await tx.query<{ id: string }>(
    'select id from parties where org_id = $1 and lower(email) = lower($2) order by id limit 2',
    [tx.scope.orgId, email],
  );
  return found.length === 1 ? found[0]?.id : undefined;
}

/**
 * The contact who asks: found by their address, or made. Where others are nearly the same nobody is made: a member says
 * which of them it is.
 */
export async function findOrMakeParty(tx: Tx, asker: Asker): Promise<string | null> {
  // Two inquiries of one address at the same moment find one contact, whichever of them makes it.
  if (asker.email !== null) await takeTurn(tx, `inquiries.contact ${asker.email.toLowerCase()}`);
  const known = await partyByEmail(tx, asker.email);
  if (known) return known;
  if (asker.email === null || (await alikeParties(tx, asker)).length > 0) return null;
  return makeParty(tx, asker);
}

/** @returns null when there is no name by which to make one */
export async function makeParty(tx: Tx, asker: Asker): Promise<string | null> {
  const name = asker.contactName || asker.company || asker.email;
  if (!name) return null;
  const kind = asker.contactName === '' && asker.company !== '' ? 'company' : 'person';
  const notes = kind === 'person' ? asker.company : '';
  return createParty(tx, party.create.parse({ kind, name, email: asker.email, phone: asker.phone, notes }));
}

/** Contacts that may well be who asks, with what speaks for it. */
export async function alikeParties(tx: Tx, { contactName, company, email, phone }: Asker): Promise<AlikeParty[]> {
  return tx.query<AlikeParty>(
    `select id, name, why from (
       select id, name,
              case when lower(email) = lower($2) then 'The same e-mail address'
                   when right(regexp_replace(phone, '\\D', '', 'g'), 7) = $3 then 'The same telephone number'
                   when lower(name) = lower($4) then 'The same name'
                   when lower(name) = lower($5) then 'The company' end as why
         from parties where org_id = $1) p
      where why is not null order by name, id limit 5`,
    [tx.scope.orgId, email, phoneDigits(phone) ?? null, contactName || null, company || null],
  );
}
