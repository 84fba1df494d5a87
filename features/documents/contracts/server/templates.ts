import { invalid } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { TemplateStore } from '#features/engagements/server/template-store.ts';
import type { ContractTemplate } from '../contract.ts';
import { contractVariables, variableNames } from '../contract-variables.ts';
import { bodyFault } from '../markup-rules.ts';
import { builtInContracts } from '../templates/built-in-rules.ts';

export const wordings = new TemplateStore<Pick<ContractTemplate, 'pack' | 'name' | 'body'>>({
  table: 'contract_templates',
  builtIn: builtInContracts,
  columns: ['body'],
  called: 'This wording',
});

export async function listTemplates(tx: Tx, packs: readonly string[]) {
  const { items } = await wordings.list(tx, packs);
  return { items, variables: Object.entries(contractVariables).map(([name, about]) => ({ name, ...about })) };
}

/** @throws AppError invalid_input for unknown variables, with their place */
export function requireKnown<F extends { body: string }>(fields: F): F {
  const fault = bodyFault(fields.body, variableNames);
  if (fault) throw invalid('body', fault);
  return fields;
}
