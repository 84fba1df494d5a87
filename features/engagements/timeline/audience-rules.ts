import type { GroupKey } from '#features/engagements/people/group-words.ts';
import { isSure } from '#features/engagements/people/rules.ts';

/** Who knows of an item: everyone on the engagement, those of some groups and those named, or the team only. */
export const seenBy = ['everyone', 'groups', 'team'] as const;
export type SeenBy = (typeof seenBy)[number];

/** For whom an item is, and who knows of it. */
export interface Audience {
  forAll: boolean;
  forGroups: readonly GroupKey[];
  /** Of entries of the roster. */
  personIds: readonly string[];
  seenBy: SeenBy;
  seenByGroups: readonly GroupKey[];
}

/** Somebody on a roster. */
export interface OnRoster {
  id: string;
  groupKey: GroupKey;
  standing: string;
}

/**
 * Whether somebody who isn't of the team may know of an item. Whoever has a seat there was asked for it and knows.
 * The database's `sees_item` says the same.
 * @param entries theirs on the roster of the engagement
 */
export function mayKnow(item: Audience, entries: readonly OnRoster[], seated: boolean): boolean {
  if (item.seenBy === 'everyone' || seated) return true;
  if (item.seenBy === 'team') return false;
  return entries.some(
    ({ id, groupKey, standing }) =>
      isSure(standing) && (item.seenByGroups.includes(groupKey) || item.personIds.includes(id)),
  );
}

/** Copies that are handed out: to everybody, or to a group. A copy for a group holds what all of it may know of. */
export type Circle = 'everyone' | GroupKey;

export function isForCircle(item: Audience, circle: Circle): boolean {
  if (item.seenBy === 'everyone') return true;
  return item.seenBy === 'groups' && circle !== 'everyone' && item.seenByGroups.includes(circle);
}

/** Whether somebody is wanted there by name or by group, not just like everybody. */
export function isNamed(item: Pick<Audience, 'forAll' | 'forGroups' | 'personIds'>, entry: OnRoster): boolean {
  return !item.forAll && (item.forGroups.includes(entry.groupKey) || item.personIds.includes(entry.id));
}
