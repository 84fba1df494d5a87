import type { Databases } from '#platform/db/databases.ts';
import { getRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { form, type Form, type FormInList } from '../contract.ts';
import type { FormField } from '../field-rules.ts';

const newest = (what: string) => `(select ${what} from form_revisions v where v.org_id = r.org_id and v.form_id = r.id
    order by v.number desc limit 1)`;

/** `fields` is JSON in its column; whoever writes it turns it into text. */
export const formShape: RowShape = {
  entity: form,
  computed: {
    published: newest('v.number'),
    publishedAt: newest('iso(v.published_at)'),
    changed: `coalesce(${newest('(v.title, v.intro, v.thanks, v.fields) is distinct from (r.title, r.intro, r.thanks, r.fields)')}, false)`,
  },
};

export function getForm(tx: Tx, id: string): Promise<Form> {
  return getRow<Form>(tx, formShape, id);
}

/** @param archived those that were put away instead of those in use */
export async function listForms(tx: Tx, archived: boolean): Promise<{ items: FormInList[]; archived: number }> {
  const [rows, [away]] = await Promise.all([
    tx.query<{ row: Form }>(
      `select ${rowJson(formShape)} as row from forms r
        where r.org_id = $1 and r.archived_at is ${archived ? 'not null' : 'null'} order by lower(r.title), r.id`,
      [tx.scope.orgId],
    ),
    tx.query<{ count: number }>(
      'select count(*)::int as count from forms where org_id = $1 and archived_at is not null',
      [tx.scope.orgId],
    ),
  ]);
  const items = rows.map(({ row: { fields: _, intro: __, thanks: ___, ...row } }) => row);
  return { items, archived: away?.count ?? 0 };
}

/** What people see of a form. */
export interface PublishedForm {
  id: string;
  open: boolean;
  revision: number;
  title: string;
  intro: string;
  thanks: string;
  fields: FormField[];
}

/** @returns undefined when there is no such form, or nothing was published of it */
export async function publishedForm(tx: Tx, slug: string): Promise<PublishedForm | undefined> {
  const [found] = await tx.query<PublishedForm>(
    `select r.id, r.open, v.number as revision, v.title, v.intro, v.thanks, v.fields
       from forms r join form_revisions v on v.org_id = r.org_id and v.form_id = r.id
      where r.org_id = $1 and r.slug = $2 order by v.number desc limit 1`,
    [tx.scope.orgId, slug],
  );
  return found;
}

/** Names of the places that these fields offer, and of no others. */
export function offeredPlaces(tx: Tx, fields: readonly FormField[]): Promise<{ id: string; name: string }[]> {
  const ids = [...new Set(fields.flatMap(({ placeIds }) => placeIds))];
  if (ids.length === 0) return Promise.resolve([]);
  return tx.query<{ id: string; name: string }>(
    `select id, name from resources where org_id = $1 and id = any($2::uuid[]) and kind = 'place' and archived_at is null
      order by name, id`,
    [tx.scope.orgId, ids],
  );
}

/** An organisation whose forms are open to anybody. */
export interface FormOrganisation {
  id: string;
  name: string;
  colour: string | null;
  zone: string;
}

/** @returns undefined alike for one that isn’t there, and for one that is suspended or closed */
export function organisationOfForms(
  control: Databases['control'],
  slug: string,
): Promise<FormOrganisation | undefined> {
  return control
    .selectFrom('organisations')
    .select(['id', 'name', 'brand_colour as colour', 'zone'])
    .where('slug', '=', slug)
    .where('status', '=', 'active')
    .executeTakeFirst();
}

/** Pages of other sites that may show this form in a frame; none when there is no such form. */
export async function framersOf(tx: Tx, slug: string): Promise<readonly string[]> {
  const [found] = await tx.query<{ origins: string[] }>(
    `select r.embed_origins as origins from forms r
      where r.org_id = $1 and r.slug = $2
        and exists (select from form_revisions v where v.org_id = r.org_id and v.form_id = r.id)`,
    [tx.scope.orgId, slug],
  );
  return found?.origins ?? [];
}
