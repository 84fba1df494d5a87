import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { advance, AdvanceTemplate } from '../contract.ts';
import { builtInTemplate, builtInTemplates } from '../templates/built-in-rules.ts';

type Fields = RouteInput<(typeof advance)['routes']['createTemplate']>['body'];
type Own = Omit<AdvanceTemplate, 'builtIn'>;

/** Built-in checklists of these packs, where the organisation has none of its own in their place, and its own. */
export async function listTemplates(tx: Tx, packs: readonly string[]): Promise<{ items: AdvanceTemplate[] }> {
  const own = await tx.query<Own>('select key, pack, name, items, version from advance_templates where org_id = $1', [
    tx.scope.orgId,
  ]);
  const keys = new Set(own.map(({ key }) => key));
  const builtIn = builtInTemplates
    .filter(({ key, pack }) => packs.includes(pack) && !keys.has(key))
    .map((each) => ({ ...each, items: [...each.items], builtIn: true, version: 0 }));
  const items = [...own.map((each) => ({ ...each, builtIn: builtInTemplate(each.key) !== undefined })), ...builtIn];
  return { items: items.sort((a, b) => a.pack.localeCompare(b.pack) || a.name.localeCompare(b.name)) };
}

/** @throws AppError not_found */
export async function getTemplate(tx: Tx, key: string): Promise<AdvanceTemplate> {
  const [own] = await tx.query<Own>(
    'select key, pack, name, items, version from advance_templates where org_id = $1 and key = $2',
    [tx.scope.orgId, key],
  );
  const builtIn = builtInTemplate(key);
  if (own) return { ...own, builtIn: builtIn !== undefined };
  if (builtIn) return { ...builtIn, items: [...builtIn.items], builtIn: true, version: 0 };
  throw notFound('This checklist');
}

/** @returns its key */
export async function createTemplate(tx: Tx, fields: Fields): Promise<string> {
  const id = uuidv7();
  await insertTemplate(tx, id, id, fields);
  return id;
}

async function insertTemplate(tx: Tx, id: string, key: string, { pack, name, items }: Fields): Promise<void> {
  await tx.query('insert into advance_templates (org_id, id, key, pack, name, items) values ($1, $2, $3, $4, $5, $6)', [
    tx.scope.orgId,
    id,
    key,
    pack,
    name,
    JSON.stringify(items),
  ]);
}

/** @throws AppError version_conflict when somebody else changed it meanwhile, not_found */
export async function setTemplate(
  tx: Tx,
  key: string,
  { version, ...fields }: Fields & { version: number },
): Promise<void> {
  if (version === 0 && builtInTemplate(key)) return insertTemplate(tx, uuidv7(), key, fields);
  const [changed] = await tx.query(
    `update advance_templates set pack = $4, name = $5, items = $6, version = version + 1, updated_at = now()
      where org_id = $1 and key = $2 and version = $3 returning id`,
    [tx.scope.orgId, key, version, fields.pack, fields.name, JSON.stringify(fields.items)],
  );
  if (changed) return;
  const current = await getTemplate(tx, key);
  if (version > current.version) throw invalid('version', 'Send the version that you read.');
  throw new AppError('version_conflict', {
    message: 'Somebody else changed this checklist in the meantime. Look at it again.',
    extra: { version: current.version },
  });
}

/** @throws AppError not_found */
export async function removeTemplate(tx: Tx, key: string): Promise<void> {
  const gone = await tx.query('delete from advance_templates where org_id = $1 and key = $2 returning id', [
    tx.scope.orgId,
    key,
  ]);
  if (gone.length === 0) throw notFound('This checklist');
}
