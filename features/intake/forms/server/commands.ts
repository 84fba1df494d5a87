import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { takeTurn } from '#platform/db/turns.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { forms } from '../contract.ts';
import { draftFaults } from '../draft-rules.ts';
import type { FormField } from '../field-rules.ts';
import { slugOf } from '../slug-rules.ts';
import { formTemplate } from '../templates/built-in-rules.ts';
import { formShape } from './queries.ts';

type Routes = (typeof forms)['routes'];

/** In use at a time: more are an archive, not a choice. */
const mostForms = 100;

/** The turn of whoever counts them. */
const formsInUse = 'forms.in-use';

/** @returns its id. @throws AppError too_many_forms, duplicate for an address that was asked for */
export async function createForm(
  tx: Tx,
  { id, title, slug, template }: RouteInput<Routes['create']>['body'],
): Promise<string> {
  await takeTurn(tx, formsInUse);
  const taken = await tx.query<{ slug: string; used: boolean }>(
    'select slug, archived_at is null as used from forms where org_id = $1',
    [tx.scope.orgId],
  );
  if (taken.filter(({ used }) => used).length >= mostForms) throw tooManyForms();
  const begun = template === null ? undefined : formTemplate(template);
  const named = title ?? begun?.title ?? 'New form';
  const wished = title === undefined ? begun?.slug : undefined;
  return insertRow(tx, formShape, {
    id: id ?? uuidv7(),
    title: named,
    slug: slug ?? slugOf(wished ?? named, new Set(taken.map((each) => each.slug))),
    intro: begun?.intro ?? '',
    thanks: begun?.thanks ?? 'Thank you! We come back to you soon.',
    fields: JSON.stringify(begun?.fields ?? []),
    open: true,
    embedOrigins: [],
  });
}

const tooManyForms = () =>
  new AppError('too_many_forms', {
    message: `There are ${mostForms} forms in use already. Archive or remove one first.`,
  });

/** @throws AppError version_conflict, duplicate, invalid_input for opening an archived one */
export function changeForm(
  tx: Tx,
  id: string,
  { version, fields, ...changes }: RouteInput<Routes['change']>['body'],
): Promise<void> {
  return patchRow(tx, formShape, id, version, { ...changes, ...(fields && { fields: JSON.stringify(fields) }) });
}

/**
 * Keeps the draft as it is now as the next revision, which people see from then on.
 * @param currency of the organisation: of amounts whose field names none
 * @throws AppError version_conflict, form_faulty with what is to be mended, by field
 */
export async function publishForm(tx: Tx, id: string, version: number, currency: string): Promise<void> {
  const { orgId, actor, now } = tx.scope;
  const [draft] = await tx.query<{ version: number; fields: FormField[] }>(
    'select version, fields from forms where org_id = $1 and id = $2 for no key update',
    [orgId, id],
  );
  if (!draft) throw notFound('This form');
  if (draft.version !== version) {
    throw new AppError('version_conflict', {
      message: 'Somebody else changed this form in the meantime. Look at it again, and publish it then.',
      extra: { version: draft.version },
    });
  }
  requireSound(draft.fields);
  const fields = draft.fields.map((field) =>
    field.type === 'money' && field.currency === null ? { ...field, currency } : field,
  );
  await tx.query(
    'update forms set fields = $3, version = version + 1, updated_at = now() where org_id = $1 and id = $2 and fields <> $3::jsonb',
    [orgId, id, JSON.stringify(fields)],
  );
  await tx.query(
    `insert into form_revisions (org_id, id, form_id, number, title, intro, thanks, fields, published_by, published_at)
     select $1, $2, r.id, 1 + coalesce((select max(v.number) from form_revisions v where v.org_id = $1 and v.form_id = r.id), 0),
            r.title, r.intro, r.thanks, r.fields, $4, $5
       from forms r where r.org_id = $1 and r.id = $3`,
    [orgId, uuidv7(), id, actor, now],
  );
}

function requireSound(fields: readonly FormField[]): void {
  const faults = draftFaults(fields);
  const [first] = faults;
  if (!first) return;
  throw new AppError('form_faulty', {
    message: first.message,
    fields: faults.map(({ at, what, message }) => ({ field: at === null ? what : `fields.${at}.${what}`, message })),
  });
}

/**
 * Closes it and puts it away; back in use it stays closed until somebody opens it.
 * @throws AppError too_many_forms
 */
export async function archiveForm(tx: Tx, id: string, archived: boolean): Promise<void> {
  if (!archived) await takeTurn(tx, formsInUse);
  const key = [tx.scope.orgId, id];
  const [form] = await tx.query<{ archived: boolean }>(
    'select archived_at is not null as archived from forms where org_id = $1 and id = $2 for no key update',
    key,
  );
  if (!form) throw notFound('This form');
  if (form.archived === archived) return;
  if (!archived) {
    const [used] = await tx.query<{ full: boolean }>(
      'select count(*) >= $2 as full from forms where org_id = $1 and archived_at is null',
      [tx.scope.orgId, mostForms],
    );
    if (used?.full) throw tooManyForms();
  }
  await tx.query(
    `update forms set archived_at = $3, open = false, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2`,
    [...key, archived ? tx.scope.now : null],
  );
}

/** @throws AppError in_use once something came in */
export async function removeForm(tx: Tx, id: string): Promise<void> {
  const key = [tx.scope.orgId, id];
  const [found] = await tx.query<{ used: boolean }>(
    `select exists (select from inquiries i where i.org_id = $1 and i.form_id = $2) as used
       from forms where org_id = $1 and id = $2 for update`,
    key,
  );
  if (!found) throw notFound('This form');
  if (found.used) {
    throw new AppError('in_use', {
      message: 'Something came in by this form: what was asked must stay. Archive it instead.',
    });
  }
  // Nobody sends any more what was added to it.
  await tx.query(
    'delete from files where org_id = $1 and engagement_id is null and id in (select id from form_files where org_id = $1 and form_id = $2 and sent_at is null)',
    key,
  );
  await tx.query('delete from forms where org_id = $1 and id = $2', key);
}
