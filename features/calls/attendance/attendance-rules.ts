import type { AttendedService, Attendee, AttendanceMark } from './contract.ts';

/** The service that is on, else the one that begins or ended nearest to now. */
export function nearestService(services: readonly AttendedService[], now: number): string {
  const away = ({ startsAt, endsAt }: AttendedService) =>
    Math.max(0, Date.parse(startsAt) - now, now - Date.parse(endsAt));
  const [first] = services.toSorted((a, b) => away(a) - away(b));
  return first?.id ?? 'all';
}

/** Somebody's note at one service. */
export interface MarkOf {
  resourceId: string;
  name: string;
  mark: AttendanceMark;
}

/** Those of some people who have a seat at a service. */
export function marksAt(people: readonly Attendee[], serviceId: string): MarkOf[] {
  return people.flatMap(({ resourceId, name, marks }) => {
    const mark = marks.find(({ scheduleItemId }) => scheduleItemId === serviceId);
    return mark ? [{ resourceId, name, mark }] : [];
  });
}

/** By instrument, in the order in which people come. */
export function sectionsOf(people: readonly Attendee[]): { skill: string; people: Attendee[] }[] {
  return [...Map.groupBy(people, ({ skill }) => skill)].map(([skill, members]) => ({ skill, people: members }));
}

/** How many of some notes say that somebody was there, however long. */
export function countThere(marks: readonly MarkOf[]): number {
  return marks.filter(({ mark }) => mark.status !== 'absent' && mark.status !== 'excused').length;
}
