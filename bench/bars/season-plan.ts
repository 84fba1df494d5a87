import { parseFormula } from '#features/calls/instruments/formula-rules.ts';

export const zone = 'America/New_York';

/** What a season plays: instrumentations of the standard repertoire. */
export const works = [
  '2 2 2 2 - 2 2 0 0 - tmp - 12.10.8.6.4',
  '3[1.2.3/pic] 2 2 2 - 4 2 3 1 - tmp+2 - hp - 14.12.10.8.6',
  '2 2 2 3[1.2.cbn] - 4 2 3 0 - tmp - 14.12.10.8.6',
  '3[1.2.3/pic] 3[1.2.eh] 3[1.2.3/bcl] 3[1.2.cbn] - 4 3 3 1 - tmp+3 - 2hp - cel - 16.14.12.10.8',
  '4[1.2.3/pic.4/pic] 3[1.2.3/eh] 3[1.2/ebcl.3/bcl] 3[1.2.3/cbn] - 6 4 3 1 - tmp+4 - hp - 16.14.12.10.8',
  '2[1.2/pic] 2[1.2/eh] 2 2 - 4 2 3 1 - tmp+1 - 14.12.10.8.6',
] as const;

function needsOfAll() {
  return works.flatMap((work) => {
    const read = parseFormula(work);
    if ('error' in read) throw new Error(read.error.message);
    return read.needs;
  });
}

/** Instruments in the order in which people are handed out: as often as the works want them. */
export function skillsInOrder(): { skill: string; doubles: readonly string[] }[] {
  return needsOfAll().flatMap(({ instrument, doubles, quantity }) =>
    Array.from({ length: Math.max(1, Math.round(quantity / 2)) }, () => ({ skill: instrument, doubles })),
  );
}

/** Every instrument and kind of chair that some work wants. */
export function candidateKinds(): { skill: string; kind: 'principal' | 'section' }[] {
  const kinds = new Map(needsOfAll().map(({ instrument: skill, kind }) => [`${skill} ${kind}`, { skill, kind }]));
  return [...kinds.values()];
}
