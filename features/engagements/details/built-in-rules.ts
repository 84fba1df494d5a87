import type { PackName } from '#features/organisations/packs/pack.ts';
import type { DetailField } from './contract.ts';

type Usual = Pick<DetailField, 'choices' | 'hint' | 'shared'>;
const all: Usual = { choices: [], hint: '', shared: true };
const team: Usual = { ...all, shared: false };

/** What each trade writes down about its work, before an organisation says otherwise. */
export const builtInFields: Readonly<Record<PackName, readonly DetailField[]>> = {
  touring: [
    {
      ...all,
      key: 'billing',
      label: 'Billing',
      kind: 'choice',
      choices: ['Headline', 'Co-headline', 'Support', 'Festival', 'Private', 'One-off'],
    },
    { ...all, key: 'set_minutes', label: 'Set length (minutes)', kind: 'number' },
    { ...all, key: 'capacity', label: 'Capacity', kind: 'number' },
    { ...all, key: 'ages', label: 'Ages', kind: 'choice', choices: ['All ages', '14+', '16+', '18+', '21+'] },
    { ...all, key: 'backline', label: 'Backline', kind: 'text', hint: 'What travels, and what is hired on site.' },
    { ...team, key: 'announce_on', label: 'Announce', kind: 'date' },
    { ...team, key: 'on_sale_on', label: 'On sale', kind: 'date' },
    { ...team, key: 'radius_clause', label: 'Radius clause', kind: 'line', hint: 'How far, and from when until when.' },
    { ...team, key: 'merch_terms', label: 'Merch terms', kind: 'line', hint: 'Who sells, and the split.' },
  ],
  venue: [
    {
      ...all,
      key: 'event_type',
      label: 'Type of event',
      kind: 'choice',
      choices: ['Concert', 'Club night', 'Theatre', 'Conference', 'Private hire', 'Film', 'Other'],
    },
    { ...all, key: 'expected', label: 'Expected attendance', kind: 'number' },
    {
      ...all,
      key: 'setup',
      label: 'Set-up',
      kind: 'choice',
      choices: ['Standing', 'Seated', 'Mixed', 'Theatre', 'Cabaret', 'Reception', 'Empty'],
    },
    { ...all, key: 'ages', label: 'Ages', kind: 'choice', choices: ['All ages', '14+', '16+', '18+', '21+'] },
    { ...all, key: 'curfew', label: 'Curfew', kind: 'line', hint: 'And what happens when it is passed.' },
    { ...team, key: 'public_title', label: 'Title until announced', kind: 'line' },
    { ...team, key: 'announce_on', label: 'Announce', kind: 'date' },
    { ...team, key: 'presale_on', label: 'Presale', kind: 'date' },
    { ...team, key: 'on_sale_on', label: 'On sale', kind: 'date' },
    { ...team, key: 'insurance', label: 'Insurance certificate received', kind: 'yes_no' },
  ],
  orchestra: [
    { ...all, key: 'conductor', label: 'Conductor', kind: 'line' },
    { ...all, key: 'soloists', label: 'Soloists', kind: 'text', hint: 'A line each, with the instrument.' },
    { ...all, key: 'repertoire', label: 'Repertoire', kind: 'text', hint: 'In order, with the interval.' },
    { ...all, key: 'minutes', label: 'Length with interval (minutes)', kind: 'number' },
    { ...all, key: 'dress', label: 'Concert dress', kind: 'line' },
    { ...all, key: 'parts', label: 'Parts', kind: 'line', hint: 'Where they are, and from when.' },
    {
      ...all,
      key: 'recording',
      label: 'Recorded or broadcast',
      kind: 'choice',
      choices: ['No', 'Archive only', 'Broadcast', 'Commercial recording'],
    },
    { ...team, key: 'sponsor', label: 'Sponsor', kind: 'line' },
  ],
  studio: [
    { ...all, key: 'deliverables', label: 'Deliverables', kind: 'text', hint: 'A line each, with format and length.' },
    { ...all, key: 'delivery_on', label: 'Delivery', kind: 'date' },
    { ...all, key: 'picture', label: 'Picture', kind: 'line', hint: 'Resolution, frame rate, colour space.' },
    { ...all, key: 'sound', label: 'Sound', kind: 'line' },
    { ...all, key: 'nda', label: 'Under NDA', kind: 'yes_no' },
    { ...team, key: 'job_number', label: 'Client’s job number', kind: 'line' },
    { ...team, key: 'kill_fee', label: 'Kill fee', kind: 'line', hint: 'From when, and how much of the booking.' },
    { ...team, key: 'first_refusal', label: 'First right of refusal', kind: 'yes_no' },
  ],
  contractor: [
    { ...all, key: 'access', label: 'Access', kind: 'text', hint: 'Who opens, where to park, what to mind.' },
    {
      ...all,
      key: 'property',
      label: 'Property',
      kind: 'choice',
      choices: ['House', 'Flat', 'Office', 'Shop', 'Industrial', 'Public', 'Other'],
    },
    { ...all, key: 'permit', label: 'Permit', kind: 'line', hint: 'Number, and by whom.' },
    { ...all, key: 'permit_until', label: 'Permit until', kind: 'date' },
    { ...all, key: 'hazards', label: 'Hazards', kind: 'text', hint: 'Asbestos, heights, dogs, live wires.' },
    { ...team, key: 'purchase_order', label: 'Purchase order', kind: 'line' },
    { ...team, key: 'warranty_until', label: 'Warranty until', kind: 'date' },
    { ...team, key: 'gate_code', label: 'Code of the door', kind: 'line' },
  ],
};
