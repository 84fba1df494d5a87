import {
  instrumentCodes,
  instrumentName,
  instruments,
  isInstrument,
  nameWithin,
  readInstrument,
  skillOf,
} from './instrument-rules.ts';

/** A need, a list or a call names its skill by an instrument's code (`vn1`), or as people's skills say it (`Stagehand`). */

/** As people read it: `First violin`, `Stagehand`. */
export function skillName(skill: string): string {
  return instrumentName(skill);
}

/** What somebody's skills must name for it, as people read it: `Violin`, `Stagehand`. Compare by `skillNames`. */
export function requiredSkill(skill: string): string {
  return isInstrument(skill) ? skillOf(skill) : skill;
}

/** Every way in which somebody's skills may name it, lower case: people write `Geige` and `violin 1` as well as `Violin`. */
export function skillNames(skill: string): string[] {
  const required = requiredSkill(skill);
  const played = instruments.filter(({ code }) => skillOf(code) === required);
  const names = played.flatMap(({ code, name, plural, aliases }) => [code, name, plural, ...aliases]);
  return [...new Set([required, ...names].map((name) => name.toLowerCase()))];
}

/** What people’s skills call the instruments, in score order: `Violin` once for both sections. */
export const playedSkills: readonly string[] = [...new Set(instrumentCodes.map(skillOf))];

/**
 * Of the skills that people have as they were written, those to offer beside the instruments: each once in any case of
 * letters, and no name of an instrument (`Geige`, `violin 1`). Without an orchestra “Bass” is no double bass: all stay.
 */
export function otherSkills(written: readonly string[], orchestra: boolean): string[] {
  const said = new Set<string>();
  return written.filter((skill) => {
    const known = said.has(skill.toLowerCase()) || (orchestra && readInstrument(skill) !== undefined);
    said.add(skill.toLowerCase());
    return !known;
  });
}

/** `Second flute, also piccolo`. */
export function positionWords(title: string, doubles: readonly string[]): string {
  const also = doubles
    .map((skill) => (isInstrument(skill) ? nameWithin(skill) : skill))
    .filter((name) => !title.toLowerCase().includes(name.toLowerCase()));
  return also.length > 0 ? `${title}, also ${also.join(' and ')}` : title;
}
