import { instrumentName, isInstrument, skillOf } from './instrument-rules.ts';

/** A need, a list or a call names its skill by an instrument's code (`vn1`), or as people's skills say it (`Stagehand`). */

/** As people read it: `First violin`, `Stagehand`. */
export function skillName(skill: string): string {
  return instrumentName(skill);
}

/** What somebody's skills must name for it: `Violin`, `Stagehand`. Compare without regard to case. */
export function requiredSkill(skill: string): string {
  return isInstrument(skill) ? skillOf(skill) : skill;
}
