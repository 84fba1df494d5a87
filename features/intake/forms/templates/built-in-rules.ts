import type { PackName } from '#features/organisations/packs/pack.ts';
import { contractorLead } from './contractor.ts';
import { orchestraGuest } from './orchestra.ts';
import { studioBrief } from './studio.ts';
import type { FormTemplate, TemplateKey } from './template.ts';
import { touringAvail } from './touring.ts';
import { venueEvent } from './venue.ts';

const templates: Readonly<Record<TemplateKey, FormTemplate>> = {
  touring_avail: touringAvail,
  venue_event: venueEvent,
  orchestra_guest: orchestraGuest,
  studio_brief: studioBrief,
  contractor_lead: contractorLead,
};

export function formTemplate(key: TemplateKey): FormTemplate {
  return templates[key];
}

/** Those of the organisation’s own trades first, as it ranks them: somebody may do a little of everything. */
export function formTemplatesFor(packs: readonly PackName[]): FormTemplate[] {
  const place = ({ pack }: FormTemplate) => (packs.includes(pack) ? packs.indexOf(pack) : packs.length);
  return Object.values(templates).toSorted((a, b) => place(a) - place(b));
}
