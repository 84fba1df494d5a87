import type { Databases } from '../db/databases.ts';
import { mintScope } from '../db/scope.ts';
import { withTenant } from '../db/tenant.ts';
import { uuidv7 } from '../db/uuid.ts';
import { enqueue } from './task.ts';

/**
 * Has an organisation's own job run soon, for somebody outside who sees none of its rows. Asking again before it
 * has begun changes nothing.
 *
 * @param task name of a task without payload
 */
export async function askFor(databases: Databases, orgId: string, task: string): Promise<void> {
  const scope = mintScope({ orgId, actor: `job:${task}`, requestId: `ask:${uuidv7()}` });
  await withTenant(databases, scope, (tx) => enqueue(tx, task, {}, { key: `ask:${task}` }));
}
