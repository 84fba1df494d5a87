import type { GroupKey } from '#features/engagements/people/group-words.ts';
import type { Audience } from './audience-rules.ts';

/** What somebody sees of a roster: names of the groups and of people. */
export interface RosterNames {
  groups: readonly { key: GroupKey; name: string }[];
  items: readonly { id: string; name: string }[];
}

/** “Band, Ann Flute”; empty for what is for everybody. */
export function forWords({ forAll, forGroups, personIds }: Audience, { groups, items }: RosterNames): string {
  if (forAll) return '';
  const named = [
    ...groups.filter(({ key }) => forGroups.includes(key)),
    ...items.filter(({ id }) => personIds.includes(id)),
  ];
  return named.length > 0 ? named.map(({ name }) => name).join(', ') : 'Nobody yet';
}

/** “Only Band and those named”; empty where everybody knows of it. */
export function seenWords({ seenBy, seenByGroups, personIds }: Audience, { groups }: RosterNames): string {
  if (seenBy === 'everyone') return '';
  if (seenBy === 'team') return 'Team only';
  const words = groups.filter(({ key }) => seenByGroups.includes(key)).map(({ name }) => name);
  if (personIds.length > 0) words.push('those named');
  return words.length > 0 ? `Only ${words.join(', ')}` : 'Team only';
}
