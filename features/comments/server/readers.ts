import * as z from 'zod';
import { heldRoles } from '#platform/contract/contract.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Services } from '#platform/http/services.ts';
import type { CommentReader } from '../contract.ts';
import type { Subject } from '../subject-kinds.ts';
import { findSubject } from './subjects.ts';

/** Members who may read comments on one thing, by name. @param only among these accounts */
export async function listReaders(
  tx: Tx,
  { databases, policy }: Pick<Services, 'databases' | 'policy'>,
  subject: Subject,
  subjectId: string,
  only?: readonly string[],
): Promise<CommentReader[]> {
  if (only?.length === 0) return [];
  const members = await databases.control
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .leftJoin('custom_roles as c', 'c.id', 'm.custom_role_id')
    .select(['u.id', 'u.name', 'm.role', 'c.permissions'])
    .where('m.organisation_id', '=', tx.scope.orgId)
    .$if(only !== undefined, (query) => query.where('u.id', 'in', [...(only ?? [])]))
    .orderBy('u.name')
    .orderBy('u.id')
    .execute();
  // Whoever may the same sees the same: each set of permissions is looked at once.
  const byAccess = Map.groupBy(members, ({ role, permissions }) => permissions?.join(' ') ?? role);
  const readers = new Set<string>();
  for (const [first, ...rest] of byAccess.values()) {
    if (!first) continue;
    const access = policy.ofHeld(z.enum(heldRoles).parse(first.role), first.permissions);
    if (!access.can('comments.read') || !(await findSubject(tx, subject, subjectId, access))) continue;
    for (const { id } of [first, ...rest]) readers.add(id);
  }
  return members.filter(({ id }) => readers.has(id)).map(({ id, name }) => ({ id, name }));
}
