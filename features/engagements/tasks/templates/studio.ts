import { fromEnd, fromStart, type BuiltInTemplate } from './template.ts';

const post: BuiltInTemplate = {
  key: 'studio.post',
  pack: 'studio',
  name: 'Post-production',
  automatic: true,
  items: [
    fromStart(-14, 'paperwork', 'Close the paperwork', {
      steps: ['Bid signed', 'Purchase order', 'NDA with everybody', 'Kill fee agreed'],
      remind: 2,
    }),
    fromStart(-10, 'options', 'Turn options into bookings', { steps: ['Artists', 'Suites', 'Machines'], remind: 2 }),
    fromStart(-7, 'specs', 'Get the delivery specification', {
      steps: ['Format and codec', 'Sound', 'Subtitles', 'Legals'],
    }),
    fromStart(-5, 'storage', 'Set up the project and storage', { steps: ['Folders', 'Permissions', 'Backup'] }),
    fromStart(-2, 'material', 'Take in and check the material', {
      steps: ['Rushes', 'Sound', 'EDL or XML', 'References'],
    }),
    fromStart(0, 'kick-off', 'Kick-off with client and team'),
    fromStart(5, 'first-review', 'Send the first version for review'),
    fromEnd(-5, 'notes', 'Close the client’s notes', { remind: 1 }),
    fromEnd(-2, 'quality', 'Quality control', { steps: ['Picture', 'Sound', 'Legal lines', 'Specification met'] }),
    fromEnd(0, 'deliver', 'Deliver and get it acknowledged'),
    fromEnd(3, 'hours', 'Compare bid and actual hours'),
    fromEnd(5, 'invoice', 'Send the final invoice'),
    fromEnd(14, 'archive', 'Archive and free the storage', {
      steps: ['Two copies', 'Restored once', 'Working files deleted'],
    }),
  ],
};

const session: BuiltInTemplate = {
  key: 'studio.session',
  pack: 'studio',
  name: 'Recording or voice session',
  automatic: false,
  items: [
    fromStart(-7, 'talent', 'Confirm talent and usage', { steps: ['Fee and usage', 'Contract signed'], remind: 1 }),
    fromStart(-5, 'script', 'Get the final script or music'),
    fromStart(-3, 'room', 'Prepare the room', { steps: ['Microphones', 'Picture for sync', 'Remote link tested'] }),
    fromStart(-1, 'call', 'Send call times', { remind: 0 }),
    fromEnd(0, 'back-up', 'Back up the session'),
    fromEnd(1, 'selects', 'Send selects to the client'),
    fromEnd(5, 'invoice', 'Send the invoice'),
  ],
};

const shoot: BuiltInTemplate = {
  key: 'studio.shoot',
  pack: 'studio',
  name: 'Shoot',
  automatic: false,
  items: [
    fromStart(-21, 'permits', 'Get locations and permits', { remind: 3 }),
    fromStart(-14, 'crew', 'Book crew and kit'),
    fromStart(-10, 'insurance', 'Check insurance and risk assessment'),
    fromStart(-5, 'recce', 'Scout the location', { steps: ['Power', 'Parking', 'Sun', 'Noise'] }),
    fromStart(-2, 'call-sheet', 'Send the call sheet', { remind: 0 }),
    fromEnd(0, 'offload', 'Offload and verify cards', { steps: ['Two copies', 'Checksums'] }),
    fromEnd(1, 'returns', 'Return kit'),
    fromEnd(3, 'hours', 'Approve timesheets and overtime'),
  ],
};

export const studioTemplates = [post, session, shoot] as const;
