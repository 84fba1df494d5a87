import type { PackName } from '#features/organisations/packs/pack.ts';

/** Those on an engagement stand in three groups; what they are called is the pack's or the organisation's. */
export const groupKeys = ['a', 'b', 'c'] as const;
export type GroupKey = (typeof groupKeys)[number];
export type GroupNames = Readonly<Record<GroupKey, string>>;

/** As each trade counts its people, from those whom it is about to those who make it work. */
export const packGroups: Readonly<Record<PackName, GroupNames>> = {
  touring: { a: 'Principals', b: 'Band', c: 'Crew' },
  venue: { a: 'Artists and guests', b: 'House team', c: 'Hired crew' },
  orchestra: { a: 'Conductor and soloists', b: 'Orchestra', c: 'Stage and office' },
  studio: { a: 'Client and talent', b: 'Creative team', c: 'Crew' },
  contractor: { a: 'Client', b: 'Own team', c: 'Subcontractors' },
};

/** By pack; only what an organisation calls differently. */
export type OwnGroupNames = Partial<Record<PackName, Partial<Record<GroupKey, string>> | undefined>>;

export function groupNames(pack: PackName, own: OwnGroupNames = {}): GroupNames {
  return { ...packGroups[pack], ...own[pack] };
}

/** “A · Principals” */
export function groupLabel(key: GroupKey, names: GroupNames): string {
  return `${key.toUpperCase()} · ${names[key]}`;
}
