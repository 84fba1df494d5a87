import { actorNames } from '#features/identity/server/actor-names.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { ApprovedSheet, MyPay, PayPerson, SheetHead } from '../sheet-contract.ts';
import { differencesOf } from '../sheet-rules.ts';

const headColumns = `s.id, s.engagement_id as "engagementId", s.revision, s.scale_name as "scaleName",
  s.scale_from::text as "scaleFrom", s.currency, s.total_minor::float8 as "totalMinor", s.approved_by as "approvedBy",
  iso(s.approved_at) as "approvedAt"`;

/** The approved revisions of an engagement, the newest first. */
export async function listSheets(tx: Tx, control: Databases['control'], engagementId: string): Promise<SheetHead[]> {
  const rows = await tx.query<SheetHead>(
    `select ${headColumns} from pay_sheets s where s.org_id = $1 and s.engagement_id = $2 order by s.revision desc`,
    [tx.scope.orgId, engagementId],
  );
  return named(tx, control, rows);
}

async function named(tx: Tx, control: Databases['control'], rows: readonly SheetHead[]): Promise<SheetHead[]> {
  const actors = rows.map(({ approvedBy }) => approvedBy);
  const names = await actorNames(control, tx.scope.orgId, actors);
  return rows.map((row) => ({ ...row, approvedBy: names.get(row.approvedBy) ?? row.approvedBy }));
}

interface StoredSheet {
  head: SheetHead;
  title: string;
  people: PayPerson[];
}

/** As it was approved. @throws AppError not_found */
export async function readSheet(tx: Tx, id: string): Promise<StoredSheet> {
  const [found] = await tx.query<SheetHead & { title: string; people: PayPerson[] }>(
    `select ${headColumns}, e.title, s.reckoning->'people' as people
       from pay_sheets s join engagements e on e.org_id = s.org_id and e.id = s.engagement_id
      where s.org_id = $1 and s.id = $2`,
    [tx.scope.orgId, id],
  );
  if (!found) throw notFound('This pay sheet');
  const { title, people, ...head } = found;
  return { head, title, people };
}

/** @throws AppError not_found */
export async function getSheetHead(tx: Tx, control: Databases['control'], id: string): Promise<SheetHead> {
  const { head } = await readSheet(tx, id);
  const [sheet] = await named(tx, control, [head]);
  return sheet ?? head;
}

/** An approved revision, and what it changed. @throws AppError not_found */
export async function getSheet(tx: Tx, control: Databases['control'], id: string): Promise<ApprovedSheet> {
  const { head, people } = await readSheet(tx, id);
  const [[sheet], [before]] = await Promise.all([
    named(tx, control, [head]),
    tx.query<{ people: PayPerson[] }>(
      `select reckoning->'people' as people from pay_sheets
        where org_id = $1 and engagement_id = $2 and revision = $3 and currency = $4`,
      [tx.scope.orgId, head.engagementId, head.revision - 1, head.currency],
    ),
  ]);
  return { sheet: sheet ?? head, people, differences: before ? differencesOf(before.people, people) : null };
}

/** Sheets that somebody looks back on. */
const shownOfOnesOwn = 200;

/** What the person behind an account got: of each engagement the last revision, the newest first. */
export async function listMyPay(tx: Tx, userId: string | undefined): Promise<{ items: MyPay[] }> {
  if (userId === undefined) return { items: [] };
  const rows = await tx.query<SheetHead & { title: string; person: PayPerson }>(
    `select ${headColumns}, e.title, p.person
       from (select distinct on (engagement_id) * from pay_sheets where org_id = $1
              order by engagement_id, revision desc) s
       join engagements e on e.org_id = s.org_id and e.id = s.engagement_id
      cross join lateral (
        select person from jsonb_array_elements(s.reckoning->'people') as person
          join resources r on r.org_id = $1 and r.user_id = $2 and person->>'resourceId' = r.id::text) p
      order by s.approved_at desc, s.id limit ${shownOfOnesOwn}`,
    [tx.scope.orgId, userId],
  );
  return {
    items: rows.map(({ title, person, totalMinor: _, approvedBy: __, ...sheet }) => ({ sheet, title, person })),
  };
}
