import * as z from 'zod';
import type { Tx } from '#platform/db/tenant.ts';
import type { InquiryDetail } from '../inquiry-contract.ts';

/** Files that were sent with it and still lie where forms put them. */
export async function sentFiles(tx: Tx, inquiryId: string): Promise<{ id: string; version: number }[]> {
  const { answers, fields } = await readAnswers(tx, inquiryId);
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

type Given = Pick<InquiryDetail, 'answers' | 'fields' | 'placeNames'>;

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
