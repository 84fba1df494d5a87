import type { Databases } from '#platform/db/databases.ts';

/**
 * Names of those behind actors (`user:<id>`, `api_key:<id>`, `support:<grant>`, `job:<task>`, `token:<kind>`, `command`)
 * as people know them.
 * Users are global, so anyone who ever acted here is found; a key only among this organisation's.
 *
 * @returns actor → name, for every actor given
 */
export async function actorNames(
  control: Databases['control'],
  organisationId: string,
  actors: readonly string[],
): Promise<Map<string, string>> {
  const distinct = [...new Set(actors)];
  const idsOf = (prefix: string) =>
    distinct.filter((actor) => actor.startsWith(prefix)).map((actor) => actor.slice(prefix.length));
  const people = await namesOf(control, organisationId, idsOf('user:'), idsOf('api_key:'));
  return new Map(distinct.map((actor) => [actor, people.get(actor) ?? unnamed(actor)]));
}

async function namesOf(
  control: Databases['control'],
  organisationId: string,
  userIds: readonly string[],
  keyIds: readonly string[],
): Promise<Map<string, string>> {
  if (userIds.length + keyIds.length === 0) return new Map();
  const rows = await control
    .selectFrom('users')
    .select(['id', 'name'])
    .where('id', 'in', userIds.length > 0 ? [...userIds] : [nobody])
    .unionAll((eb) =>
      eb
        .selectFrom('api_keys')
        .select(['id', 'name'])
        .where('organisation_id', '=', organisationId)
        .where('id', 'in', keyIds.length > 0 ? [...keyIds] : [nobody]),
    )
    .execute();
  const keys = new Set(keyIds);
  return new Map(
    rows.map(({ id, name }) => (keys.has(id) ? [`api_key:${id}`, `API key “${name}”`] : [`user:${id}`, name])),
  );
}

const nobody = '00000000-0000-0000-0000-000000000000';

function unnamed(actor: string): string {
  if (actor.startsWith('user:')) return 'A former user';
  if (actor.startsWith('api_key:')) return 'A former API key';
  if (actor.startsWith('job:')) return 'Holdfast itself';
  if (actor === 'command') return 'The command line';
  if (actor.startsWith('support:')) return 'Support';
  if (actor.startsWith('token:')) return 'A private link';
  return 'The database’s administrator';
}
