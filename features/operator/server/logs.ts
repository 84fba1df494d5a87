import type { RouteInput } from '#platform/contract/contract.ts';
import type { Services } from '#platform/http/services.ts';
import { containing } from '#platform/db/list.ts';
import { deviceWords } from '#features/identity/device-words.ts';
import { outcomes } from '#features/identity/server/sign-in-log.ts';
import type { logRoutes } from '../log-contract.ts';
import { cutLog, lastNumber } from './pages.ts';

type Control = Services['databases']['control'];

type SignInQuery = RouteInput<typeof logRoutes.listSignIns>['query'];

const outcomeWords: Readonly<Record<string, string>> = outcomes;

export async function listSignIns(control: Control, query: SignInQuery) {
  const like = containing(query.q);
  const before = lastNumber(query);
  const rows = await control
    .selectFrom('sign_in_events as e')
    .leftJoin('users as u', 'u.id', 'e.user_id')
    .select(['e.id', 'e.at', 'e.way', 'e.outcome', 'e.detail', 'e.ip_address as address', 'e.user_agent as userAgent'])
    .select(['u.id as userId', 'u.name', 'u.email'])
    .$if(like !== undefined, (q) =>
      q.where((eb) => eb.or([eb('u.name', 'ilike', like ?? ''), eb('u.email', 'ilike', like ?? '')])),
    )
    .$if(query.outcome !== undefined, (q) => q.where('e.outcome', '=', query.outcome ?? ''))
    .$if(query.way !== undefined, (q) => q.where('e.way', '=', query.way ?? ''))
    .$if(query.address !== undefined, (q) => q.where('e.ip_address', '=', query.address ?? ''))
    .$if(query.from !== undefined, (q) => q.where('e.at', '>=', query.from ?? ''))
    .$if(query.to !== undefined, (q) => q.where('e.at', '<', query.to ?? ''))
    .$if(before !== undefined, (q) => q.where('e.id', '<', before ?? 0))
    .orderBy('e.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const entries = rows.map(({ userId, name, email, userAgent, ...entry }) => ({
    ...entry,
    user: userId ? { id: userId, name: name ?? '', email: email ?? '' } : null,
    summary: outcomeWords[entry.outcome] ?? entry.outcome,
    device: deviceWords(userAgent ?? undefined),
  }));
  return cutLog(entries, query);
}

export async function listRoutingEvents(
  control: Control,
  query: RouteInput<typeof logRoutes.listRoutingEvents>['query'],
) {
  const before = lastNumber(query);
  const rows = await control
    .selectFrom('routing_events as e')
    .leftJoin('organisations as o', 'o.id', 'e.organisation_id')
    .select([
      'e.id',
      'e.at',
      'e.database_name as database',
      'e.event',
      'e.detail',
      'o.id as orgId',
      'o.name as orgName',
    ])
    .$if(query.database !== undefined, (q) => q.where('e.database_name', '=', query.database ?? ''))
    .$if(query.event !== undefined, (q) => q.where('e.event', '=', query.event ?? ''))
    .$if(query.from !== undefined, (q) => q.where('e.at', '>=', query.from ?? ''))
    .$if(query.to !== undefined, (q) => q.where('e.at', '<', query.to ?? ''))
    .$if(before !== undefined, (q) => q.where('e.id', '<', before ?? 0))
    .orderBy('e.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const entries = rows.map(({ orgId, orgName, ...entry }) => ({
    ...entry,
    organisation: orgId ? { id: orgId, name: orgName ?? '' } : null,
  }));
  return cutLog(entries, query);
}

export async function listEvents(control: Control, query: RouteInput<typeof logRoutes.listEvents>['query']) {
  const before = lastNumber(query);
  const rows = await control
    .selectFrom('operator_events as e')
    .leftJoin('organisations as o', 'o.id', 'e.organisation_id')
    .select(['e.id', 'e.at', 'e.actor', 'e.action', 'e.detail', 'e.outcome', 'e.address'])
    .select(['e.organisation_id as orgId', 'o.name as orgName'])
    .$if(query.organisationId !== undefined, (q) => q.where('e.organisation_id', '=', query.organisationId ?? ''))
    .$if(query.from !== undefined, (q) => q.where('e.at', '>=', query.from ?? ''))
    .$if(query.to !== undefined, (q) => q.where('e.at', '<', query.to ?? ''))
    .$if(before !== undefined, (q) => q.where('e.id', '<', before ?? 0))
    .orderBy('e.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const names = await operatorNames(
    control,
    rows.map(({ actor }) => actor),
  );
  const entries = rows.map(({ orgId, orgName, actor, detail, ...entry }) => ({
    ...entry,
    actor: names.get(actor) ?? 'An operator whose account is gone',
    detail: isRecord(detail) ? detail : null,
    organisation: orgId ? { id: orgId, name: orgName } : null,
  }));
  return cutLog(entries, query);
}

/** Names of operators and of their keys, by actor. */
export async function operatorNames(control: Control, actors: readonly string[]): Promise<Map<string, string>> {
  const idsOf = (kind: string) => [
    ...new Set(actors.filter((actor) => actor.startsWith(`${kind}:`)).map((actor) => actor.slice(kind.length + 1))),
  ];
  const [users, keys] = [idsOf('user'), idsOf('operator_key')];
  const people =
    users.length > 0 ? await control.selectFrom('users').select(['id', 'name']).where('id', 'in', users).execute() : [];
  const programs =
    keys.length > 0
      ? await control.selectFrom('operator_keys').select(['id', 'name']).where('id', 'in', keys).execute()
      : [];
  return new Map([
    ['command', 'The command line'],
    ...people.map(({ id, name }) => [`user:${id}`, name] as const),
    ...programs.map(({ id, name }) => [`operator_key:${id}`, `Key “${name}”`] as const),
  ]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
