import * as z from 'zod';
import type { Tx } from '#platform/db/tenant.ts';
import type { InquiryDetail } from '../inquiry-contract.ts';
import { filesFolder } from '../rules.ts';

/** Files that were sent with it and still lie where forms put them. */
export async function sentFiles(tx: Tx, { answers, fields }: Given): Promise<{ id: string; version: number }[]> {
  const ids = fields.flatMap(({ key, type }) => {
    const { data } = z.array(z.uuid()).safeParse(type === 'file' ? answers[key] : undefined);
    return data ?? [];
  });
  if (ids.length === 0) return [];
  return tx.query<{ id: string; version: number }>(
    `select id, version from files where org_id = $1 and id = any($2::uuid[]) and engagement_id is null
        and trashed_at is null order by id`,
    [tx.scope.orgId, ids],
  );
}

/** What came with these goes with them, unless a member has taken it elsewhere. The night’s tidying takes the bytes. */
export async function removeSentFiles(tx: Tx, inquiryIds: readonly string[]): Promise<void> {
  await tx.query(
    `delete from files d using form_files f, inquiries q, folders o
      where d.org_id = $1 and f.org_id = $1 and f.id = d.id and d.engagement_id is null
        and o.org_id = $1 and o.id = d.folder_id and o.parent_id is null and lower(o.name) = lower($3)
        and q.org_id = $1 and q.id = any($2::uuid[]) and q.form_id = f.form_id
        and exists (select from jsonb_each(q.answers) a where jsonb_typeof(a.value) = 'array' and a.value ? f.id::text)`,
    [tx.scope.orgId, inquiryIds, filesFolder],
  );
}

export type Given = Pick<InquiryDetail, 'answers' | 'fields' | 'placeNames'>;

/** What was answered, by what the form asked then, with the names of places that were chosen. */
export async function readAnswers(tx: Tx, inquiryId: string): Promise<Given> {
  const [row] = await tx.query<Pick<Given, 'answers' | 'fields'>>(
    `select q.answers, coalesce(f.fields, '[]'::jsonb) as fields from inquiries q
       left join form_revisions f on f.org_id = q.org_id and f.form_id = q.form_id and f.number = q.revision
      where q.org_id = $1 and q.id = $2`,
    [tx.scope.orgId, inquiryId],
  );
  const { answers = {}, fields = [] } = row ?? {};
  const places = fields.flatMap(({ key, type }) => {
    const { data } = z.uuid().safeParse(type === 'place' ? answers[key] : undefined);
    return data ?? [];
  });
  const named =
    places.length === 0
      ? []
      : await tx.query<{ id: string; name: string }>(
          'select id, name from resources where org_id = $1 and id = any($2::uuid[])',
          [tx.scope.orgId, places],
        );
  return { answers, fields, placeNames: Object.fromEntries(named.map(({ id, name }) => [id, name])) };
}
