import { invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { Belonging } from '../contract.ts';
import { requireParty } from './queries.ts';

/** The other side of a connection: seen from the company the person, from the person the company. */
const belongingSql = `select b.id, p.id as "partyId", p.name, b.position, p.email, p.phone
   from party_people b
   join parties p on p.org_id = $1 and p.id = case when b.company_id = $2 then b.person_id else b.company_id end
  where b.org_id = $1 and (b.company_id = $2 or b.person_id = $2)`;

/** @throws AppError not_found */
export async function listBelongings(tx: Tx, partyId: string): Promise<{ items: Belonging[] }> {
  await requireParty(tx, partyId);
  const items = await tx.query<Belonging>(`${belongingSql} order by p.name, b.id`, [tx.scope.orgId, partyId]);
  return { items };
}

/** @throws AppError invalid_input when both are people or both are companies, duplicate, not_found */
export async function addBelonging(
  tx: Tx,
  partyId: string,
  { partyId: otherId, position }: { partyId: string; position: string },
): Promise<Belonging> {
  const { kind } = await requireParty(tx, partyId);
  const [other] = await tx.query<{ kind: string }>('select kind from parties where org_id = $1 and id = $2', [
    tx.scope.orgId,
    otherId,
  ]);
  if (!other) throw invalid('partyId', 'There is no contact with this id.');
  if (other.kind === kind)
    throw invalid('partyId', kind === 'company' ? 'Choose a person for a company.' : 'Choose a company for a person.');
  const [companyId, personId] = kind === 'company' ? [partyId, otherId] : [otherId, partyId];
  const id = uuidv7();
  await tx.query('insert into party_people (org_id, id, company_id, person_id, position) values ($1, $2, $3, $4, $5)', [
    tx.scope.orgId,
    id,
    companyId,
    personId,
    position,
  ]);
  return getBelonging(tx, partyId, id);
}

async function getBelonging(tx: Tx, partyId: string, id: string): Promise<Belonging> {
  const [found] = await tx.query<Belonging>(`${belongingSql} and b.id = $3`, [tx.scope.orgId, partyId, id]);
  if (!found) throw notFound('This connection');
  return found;
}

/** @throws AppError not_found */
export async function changeBelonging(tx: Tx, partyId: string, id: string, position: string): Promise<Belonging> {
  await tx.query(
    'update party_people set position = $4 where org_id = $1 and id = $3 and (company_id = $2 or person_id = $2)',
    [tx.scope.orgId, partyId, id, position],
  );
  return getBelonging(tx, partyId, id);
}

/** @throws AppError not_found */
export async function removeBelonging(tx: Tx, partyId: string, id: string): Promise<void> {
  const gone = await tx.query(
    'delete from party_people where org_id = $1 and id = $3 and (company_id = $2 or person_id = $2) returning id',
    [tx.scope.orgId, partyId, id],
  );
  if (gone.length === 0) throw notFound('This connection');
}
