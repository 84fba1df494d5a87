import { needs } from '#features/calls/needs/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import type { TestApp } from './test-app.ts';

/** An organisation with a project in May 2027, and short ways to what most tests need. */
export async function projectStage(app: TestApp, slug: string) {
  const org = await app.addOrganisation(slug);
  const api = app.client(needs, 'manager', org);
  const schedule = app.client(timeline, 'manager', org);
  const people = app.client(resources, 'manager', org);
  const projects = app.client(engagements, 'manager', org);
  const project = async (title: string) => {
    const body = { title, startsAt: '2027-05-01T08:00:00Z', endsAt: '2027-05-31T21:00:00Z' };
    return (await projects.create({ org: slug, body })).id;
  };
  const id = await project('Mahler');
  type NewNeed = Parameters<typeof api.create>[0]['body'];
  type Taking = Partial<Parameters<typeof api.take>[0]['body']>;
  return {
    org,
    api,
    id,
    project,
    /** A rehearsal from 10 to 12:30 on a day of May. */
    addService: (day: number, { year = 2027 } = {}, of = id) => {
      const date = `${year}-05-${String(day).padStart(2, '0')}`;
      const body = { kind: 'rehearsal' as const, startsAt: `${date}T08:00:00Z`, endsAt: `${date}T10:30:00Z` };
      return schedule.create({ org: slug, params: { id: of }, body });
    },
    add: (body: NewNeed, of = id) => api.create({ org: slug, params: { id: of }, body }),
    apply: (formula: string) => api.applyFormula({ org: slug, params: { id }, body: { works: [{ formula }] } }),
    grid: () => api.grid({ org: slug, params: { id } }),
    seatRoster: () => api.seatRoster({ org: slug, params: { id }, body: {} }),
    person: async (name: string, skills: string[] = []) => {
      const body = { kind: 'person' as const, name, skills: skills.map((skill) => ({ skill, level: 3 })) };
      return (await people.create({ org: slug, body })).id;
    },
    take: (needId: string, resourceId: string, more: Taking = {}) =>
      api.take({ org: slug, params: { id: needId }, body: { resourceId, ...more } }),
    commitments: async (resourceId: string) =>
      (await app.client(claims, 'manager', org).list({ org: slug, query: { resourceId } })).items,
  };
}
