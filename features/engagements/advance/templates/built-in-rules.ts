import type { PackName } from '#features/organisations/packs/pack.ts';
import { contractorTemplates } from './contractor.ts';
import { orchestraTemplates } from './orchestra.ts';
import { studioTemplates } from './studio.ts';
import type { BuiltInTemplate } from './template.ts';
import { touringTemplates } from './touring.ts';
import { venueTemplates } from './venue.ts';

const byPack: Readonly<Record<PackName, readonly BuiltInTemplate[]>> = {
  touring: touringTemplates,
  venue: venueTemplates,
  orchestra: orchestraTemplates,
  studio: studioTemplates,
  contractor: contractorTemplates,
};

/** Every checklist that comes with Holdfast. */
export const builtInTemplates: readonly BuiltInTemplate[] = Object.values(byPack).flat();
