import type { SeasonReport } from '#features/imports/contract.ts';
import { seasonZone } from '#features/imports/rules-nyphil.ts';
import { spanText } from '#features/scheduling/claims/rules.ts';

const number = (value: number) => value.toLocaleString('en');

/** A season's report for people: what came in, and both sides of each conflict. */
export function seasonText(report: SeasonReport): string {
  const { programmes, concerts, venues, people, created, commits, conflicts, untimed } = report;
  return [
    `${number(programmes)} programmes, ${number(concerts)} concerts, ${number(venues)} venues, ${number(people)} people.`,
    created === 0 ? 'Everything was there already: nothing changed.' : `${number(created)} records made.`,
    `${number(commits)} commitments stand.`,
    ...conflictLines(conflicts),
    ...(untimed.length > 0
      ? ['', 'Without a time, pencilled for the day:', ...untimed.map(({ title, date }) => `  ${date}  ${title}`)]
      : []),
  ].join('\n');
}

function conflictLines(conflicts: SeasonReport['conflicts']): string[] {
  if (conflicts.length === 0) return ['No conflicts.'];
  const one = conflicts.length === 1;
  return [
    '',
    `${number(conflicts.length)} ${one ? 'claim was' : 'claims were'} refused, because something else stands there:`,
    ...conflicts.flatMap(({ resource, startsAt, endsAt, engagements: [refused, ...standing] }) => [
      `  ${resource}, ${spanText({ startsAt, endsAt }, seasonZone)}`,
      `    not booked: ${refused?.title ?? ''}`,
      ...standing.map(({ title, startsAt: at }) => `    stands:     ${title}, from ${timeOf(at)}`),
    ]),
  ];
}

function timeOf(instant: string): string {
  return new Date(instant).toLocaleTimeString('en-GB', { timeZone: seasonZone, hour: '2-digit', minute: '2-digit' });
}
