import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';

/** An engagement with services, needs and people on seats, written as rows: for tests of what comes after the calls. */
export interface SeatedProject {
  engagementId: string;
  /** By their titles. */
  services: Record<string, string>;
  /** By their titles. */
  needs: Record<string, string>;
  /** By their names. */
  people: Record<string, string>;
}

interface Wanted {
  title: string;
  /** Title, kind, begin and end. */
  services: readonly (readonly [string, string, string, string])[];
  needs: readonly {
    title: string;
    skill: string;
    kind?: 'principal' | 'section';
    doubles?: readonly string[];
    /** Who sits there at every service, seat by seat; null: open. */
    people: readonly (string | null)[];
    source?: 'roster' | 'call' | 'hand';
  }[];
  zone?: string;
}

/** Sets it up in the scope of the transaction. */
export async function seatProject(
  tx: Tx,
  { title, services, needs, zone = 'Europe/Berlin' }: Wanted,
): Promise<SeatedProject> {
  const put = (table: string, row: Readonly<Record<string, unknown>>) => insert(tx, table, row);
  const starts = services.map(([, , startsAt]) => startsAt).sort();
  const ends = services.map(([, , , endsAt]) => endsAt).sort();
  const engagementId = await put('engagements', {
    pack: 'orchestra',
    title,
    stage: 'draft',
    zone,
    starts_at: starts[0],
    ends_at: ends.at(-1),
  });
  const made: SeatedProject = { engagementId, services: {}, needs: {}, people: {} };
  for (const [name, kind, startsAt, endsAt] of services) {
    const times = { starts_at: startsAt, ends_at: endsAt };
    made.services[name] = await put('schedule_items', {
      engagement_id: engagementId,
      kind,
      title: name,
      zone,
      ...times,
    });
  }
  for (const [
    sort,
    { title: name, skill, kind = 'section', doubles = [], people, source = 'call' },
  ] of needs.entries()) {
    const need = {
      engagement_id: engagementId,
      skill,
      title: name,
      kind,
      doubles,
      quantity: people.length,
      source: 'hand',
      sort,
    };
    const needId = await put('needs', need);
    made.needs[name] = needId;
    for (const [index, who] of people.entries()) {
      if (who !== null) made.people[who] ??= await put('resources', { kind: 'person', name: who, zone });
      for (const [service, , startsAt, endsAt] of services) {
        const seat = {
          engagement_id: engagementId,
          need_id: needId,
          schedule_item_id: made.services[service],
          number: index + 1,
        };
        if (who === null) {
          await put('seats', seat);
          continue;
        }
        const claim = uuidv7();
        await put('claims', {
          id: claim,
          resource_id: made.people[who],
          engagement_id: engagementId,
          group_id: claim,
          status: 'commit',
          starts_at: startsAt,
          ends_at: endsAt,
          zone,
          exclusive: true,
          placed_by: 'command',
        });
        await put('seats', { ...seat, resource_id: made.people[who], source, claim_id: claim });
      }
    }
  }
  return made;
}

async function insert(tx: Tx, table: string, row: Readonly<Record<string, unknown>>): Promise<string> {
  const columns: Record<string, unknown> = { org_id: tx.scope.orgId, id: uuidv7(), ...row };
  const names = Object.keys(columns);
  await tx.query(
    `insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(columns),
  );
  return String(columns['id']);
}
