import { createClient } from '#platform/client/client.ts';
import { candidateKinds, skillsInOrder, works, zone } from './season-plan.ts';
import { requiredSkill } from '#features/calls/instruments/skill-rules.ts';
import { lists } from '#features/calls/lists/contract.ts';
import { needs } from '#features/calls/needs/contract.ts';
import { roster } from '#features/calls/roster/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { apis, at, hour, inParallel, type World } from './world.ts';

const day = 24 * hour;
/** The season begins: a Monday in September. */
export const seasonStart = Date.UTC(2036, 8, 1);

/** Who plays what, and how they usually answer. */
export interface Substitute {
  id: string;
  skill: string;
}

export interface Project {
  id: string;
  /** Of its first service. */
  startsAt: number;
}

function clients(world: World) {
  const options = { baseUrl: world.baseUrl, headers: { authorization: `Bearer ${world.key}` } };
  return {
    lists: createClient(lists, options),
    needs: createClient(needs, options),
    roster: createClient(roster, options),
    timeline: createClient(timeline, options),
    ...apis(world),
  };
}

/** Chairs of a usual symphony orchestra of which every fourth is vacant. */
export async function fillRoster(world: World): Promise<number> {
  const api = clients(world).roster;
  await api.setUp({ org: world.org, body: {} });
  const { positions } = await api.get({ org: world.org, query: {} });
  const rows = positions.flatMap(({ instrument, title, chairs }) =>
    Array.from({ length: chairs }, (_, index) => ({ instrument, title, chair: index + 1 })),
  );
  const held = rows.filter((_, index) => index % 4 !== 3);
  const lines = held.map(
    ({ instrument, title, chair }, index) =>
      `Member ${index},member-${index}@example.com,${instrument},"${title}",${chair},permanent,2030-09-01,`,
  );
  const content = ['person,e-mail,instrument,position,chair,tenure,from,to', ...lines].join('\n');
  await api.import({ org: world.org, body: { content } });
  return held.length;
}

/** People who are asked, spread over the instruments as the works want them; a double for every third. */
export async function makeSubstitutes(world: World, count: number): Promise<Substitute[]> {
  const wanted = skillsInOrder();
  return inParallel(count, 4, async (n) => {
    const { skill, doubles } = wanted[n % wanted.length] ?? { skill: 'vn1', doubles: [] };
    const names = [...new Set([skill, ...doubles].map(requiredSkill))];
    const body = {
      kind: 'person' as const,
      name: `Substitute ${n}`,
      email: `substitute-${n}@example.com`,
      zone,
      skills: names.map((name) => ({ skill: name, level: 3 })),
    };
    return { id: (await clients(world).resources.create({ org: world.org, body })).id, skill };
  });
}

/** A, B and C for each instrument and kind of chair. */
export async function makeLists(world: World, substitutes: readonly Substitute[]): Promise<number> {
  const api = clients(world).lists;
  const org = world.org;
  let made = 0;
  for (const { skill, kind } of candidateKinds()) {
    const able = substitutes.filter((person) => requiredSkill(person.skill) === requiredSkill(skill));
    const share = Math.ceil(able.length / 3);
    for (const [index, grade] of (['A', 'B', 'C'] as const).entries()) {
      const people = able.slice(index * share, (index + 1) * share).map(({ id }) => ({ resourceId: id, note: '' }));
      if (people.length === 0) continue;
      const { id } = await api.create({ org, body: { skill, kind, grade, validFrom: '2036-01-01' } });
      const full = await api.addPeople({ org, params: { id }, body: { people } });
      await api.approve({ org, params: { id }, body: { version: full.version } });
      made++;
    }
  }
  return made;
}

/** Rehearsals, a dress rehearsal and concerts within a week; needs from its work; who is on the roster is seated. */
export async function makeProject(world: World, n: number, services: number): Promise<Project> {
  const api = clients(world);
  const org = world.org;
  // Five weeks of the season without a project for every forty-five of them: some weeks have two.
  const monday = seasonStart + Math.floor(n * 0.88) * 7 * day;
  const work = works[n % works.length] ?? works[0];
  const { id } = await api.engagements.create({
    org,
    body: { title: `Project ${n + 1}`, startsAt: at(monday), endsAt: at(monday + 7 * day), zone },
  });
  for (let service = 0; service < services; service++) {
    const kind = service < services - 3 ? 'rehearsal' : service === services - 3 ? 'dress_rehearsal' : 'concert';
    const from = monday + service * day + (kind === 'concert' ? 18 : 8) * hour;
    const body = { kind, startsAt: at(from), endsAt: at(from + 2.5 * hour), dress: 'Black' } as const;
    await api.timeline.create({ org, params: { id }, body });
  }
  await api.needs.applyFormula({ org, params: { id }, body: { works: [{ formula: work ?? '' }] } });
  await api.needs.seatRoster({ org, params: { id }, body: {} });
  return { id, startsAt: monday + 8 * hour };
}
