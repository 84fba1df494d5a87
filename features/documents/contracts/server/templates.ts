import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { contracts, ContractTemplate } from '../contract.ts';
import { contractVariables, variableNames } from '../contract-variables.ts';
import { bodyFault } from '../markup-rules.ts';
import { builtInContract, builtInContracts } from '../templates/built-in-rules.ts';

type Fields = RouteInput<(typeof contracts)['routes']['createTemplate']>['body'];
type Own = Omit<ContractTemplate, 'builtIn'>;

/** Built-in wordings of these packs, where the organisation has none of its own in their place, and its own. */
export async function listTemplates(tx: Tx, packs: readonly string[]) {
  const own = await tx.query<Own>('select key, pack, name, body, version from contract_templates where org_id = $1', [
    tx.scope.orgId,
  ]);
  const keys = new Set(own.map(({ key }) => key));
  const builtIn = builtInContracts
    .filter(({ key, pack }) => packs.includes(pack) && !keys.has(key))
    .map((each) => ({ ...each, builtIn: true, version: 0 }));
  const items = [...own.map((each) => ({ ...each, builtIn: builtInContract(each.key) !== undefined })), ...builtIn];
  return {
    items: items.sort((a, b) => a.pack.localeCompare(b.pack) || a.name.localeCompare(b.name)),
    variables: Object.entries(contractVariables).map(([name, about]) => ({ name, ...about })),
  };
}

/** @throws AppError not_found */
export async function getTemplate(tx: Tx, key: string): Promise<ContractTemplate> {
  const [own] = await tx.query<Own>(
    'select key, pack, name, body, version from contract_templates where org_id = $1 and key = $2',
    [tx.scope.orgId, key],
  );
  const builtIn = builtInContract(key);
  if (own) return { ...own, builtIn: builtIn !== undefined };
  if (builtIn) return { ...builtIn, builtIn: true, version: 0 };
  throw notFound('This wording');
}

/** @returns its key. @throws AppError invalid_input for unknown variables, with their place */
export async function createTemplate(tx: Tx, fields: Fields): Promise<string> {
  const id = uuidv7();
  await insertTemplate(tx, id, id, fields);
  return id;
}

function requireKnown({ body }: Fields): void {
  const fault = bodyFault(body, variableNames);
  if (fault) throw invalid('body', fault);
}

async function insertTemplate(tx: Tx, id: string, key: string, fields: Fields): Promise<void> {
  requireKnown(fields);
  await tx.query('insert into contract_templates (org_id, id, key, pack, name, body) values ($1, $2, $3, $4, $5, $6)', [
    tx.scope.orgId,
    id,
    key,
    fields.pack,
    fields.name,
    fields.body,
  ]);
}

/** @throws AppError version_conflict when somebody else changed it meanwhile, invalid_input, not_found */
export async function setTemplate(
  tx: Tx,
  key: string,
  { version, ...fields }: Fields & { version: number },
): Promise<void> {
  if (version === 0 && builtInContract(key)) return insertTemplate(tx, uuidv7(), key, fields);
  requireKnown(fields);
  const [changed] = await tx.query(
    `update contract_templates set pack = $4, name = $5, body = $6, version = version + 1, updated_at = now()
      where org_id = $1 and key = $2 and version = $3 returning id`,
    [tx.scope.orgId, key, version, fields.pack, fields.name, fields.body],
  );
  if (changed) return;
  const current = await getTemplate(tx, key);
  if (version > current.version) throw invalid('version', 'Send the version that you read.');
  throw new AppError('version_conflict', {
    message: 'Somebody else changed this wording in the meantime. Look at it again.',
    extra: { version: current.version },
  });
}

/** @throws AppError not_found */
export async function removeTemplate(tx: Tx, key: string): Promise<void> {
  const gone = await tx.query('delete from contract_templates where org_id = $1 and key = $2 returning id', [
    tx.scope.orgId,
    key,
  ]);
  if (gone.length === 0) throw notFound('This wording');
}
