import { requiredSkill, skillNames } from '#features/calls/instruments/skill-rules.ts';

/** Skills that a need wants and somebody doesn't name, as people say them. */
export function lackingSkills(
  need: { skill: string; doubles: readonly string[] },
  skills: readonly string[],
): string[] {
  const has = new Set(skills.map((skill) => skill.toLowerCase()));
  return [...new Set([need.skill, ...need.doubles].map(requiredSkill))].filter(
    (skill) => !skillNames(skill).some((name) => has.has(name)),
  );
}
