import type { Change } from '../contract.ts';

const operations = ['insert', 'update', 'delete', 'denied', 'looked'] as const satisfies readonly Change['operation'][];

/** What the audit trail is narrowed to, in the address. `from` and `to` are wall dates of the organisation. */
export interface AuditSearch {
  actor?: string;
  entity?: string;
  operation?: Change['operation'];
  from?: string;
  to?: string;
  session?: string;
  request?: string;
  /** Id of one record. */
  record?: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);
const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
const uuid = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? value : undefined;

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  return {
    actor: text(search['actor']),
    entity: text(search['entity']),
    operation: operations.find((name) => name === search['operation']),
    from: day(search['from']),
    to: day(search['to']),
    session: text(search['session']),
    request: text(search['request']),
    record: uuid(search['record']),
  };
}
