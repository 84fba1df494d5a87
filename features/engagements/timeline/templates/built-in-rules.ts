import type { PackName } from '#features/organisations/packs/pack.ts';
import { contractorSchedules } from './contractor.ts';
import { orchestraSchedules } from './orchestra.ts';
import { studioSchedules } from './studio.ts';
import type { BuiltInSchedule } from './template.ts';
import { touringSchedules } from './touring.ts';
import { venueSchedules } from './venue.ts';

const byPack: Readonly<Record<PackName, readonly BuiltInSchedule[]>> = {
  touring: touringSchedules,
  venue: venueSchedules,
  orchestra: orchestraSchedules,
  studio: studioSchedules,
  contractor: contractorSchedules,
};

/** Every schedule that comes with Holdfast. */
export const builtInSchedules: readonly BuiltInSchedule[] = Object.values(byPack).flat();
