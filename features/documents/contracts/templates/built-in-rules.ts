import type { PackName } from '#features/organisations/packs/pack.ts';
import { dealMemo, workOrder } from './business.ts';
import { engagementLetter } from './orchestra.ts';
import { hireAgreement } from './venue.ts';
import { performanceAgreement } from './touring.ts';

/** A wording that comes with Holdfast: plain sentences to begin with, no legal advice. */
export interface BuiltInContract {
  /** `touring.performance`; never changes, as the organisation's own version is found by it. */
  key: string;
  pack: PackName;
  name: string;
  body: string;
}

export const builtInContracts: readonly BuiltInContract[] = [
  { key: 'touring.performance', pack: 'touring', name: 'Performance agreement', body: performanceAgreement },
  { key: 'venue.hire', pack: 'venue', name: 'Hire agreement', body: hireAgreement },
  { key: 'orchestra.engagement', pack: 'orchestra', name: 'Engagement letter', body: engagementLetter },
  { key: 'studio.deal-memo', pack: 'studio', name: 'Deal memo', body: dealMemo },
  { key: 'contractor.work-order', pack: 'contractor', name: 'Work order', body: workOrder },
];
