import { instrumentName, isInstrument, nameWithin, skillOf } from './instrument-rules.ts';

/** A need, a list or a call names its skill by an instrument's code (`vn1`), or as people's skills say it (`Stagehand`). */

/** As people read it: `First violin`, `Stagehand`. */
export function skillName(skill: string): string {
  return instrumentName(skill);
}

/** What somebody's skills must name for it: `Violin`, `Stagehand`. Compare without regard to case. */
export function requiredSkill(skill: string): string {
  return isInstrument(skill) ? skillOf(skill) : skill;
}

/** `Second flute, also piccolo`. */
export function positionWords(title: string, doubles: readonly string[]): string {
  const also = doubles
    .map((skill) => (isInstrument(skill) ? nameWithin(skill) : skill))
    .filter((name) => !title.toLowerCase().includes(name.toLowerCase()));
  return also.length > 0 ? `${title}, also ${also.join(' and ')}` : title;
}
