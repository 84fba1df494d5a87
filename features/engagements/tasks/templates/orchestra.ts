import { fromEnd, fromStart, type BuiltInTemplate } from './template.ts';

const symphony: BuiltInTemplate = {
  key: 'orchestra.symphony',
  pack: 'orchestra',
  name: 'Symphony concert',
  automatic: true,
  items: [
    fromStart(-120, 'instrumentation', 'Fix the instrumentation', {
      steps: ['Editions chosen', 'Doubles noted', 'Extra strings agreed'],
    }),
    fromStart(-90, 'parts', 'Order or hire parts and scores', { remind: 7 }),
    fromStart(-75, 'seats', 'Make the needs and call substitutes', { steps: ['Leave checked', 'Lists approved'] }),
    fromStart(-60, 'bowings', 'Mark bowings', { steps: ['First violins', 'Other strings copied'] }),
    fromStart(-45, 'parts-out', 'Send practice parts to the players'),
    fromStart(-42, 'soloist', 'Contract soloist and conductor', {
      steps: ['Travel', 'Hotel', 'Rehearsal room', 'Visa'],
    }),
    fromStart(-30, 'large-instruments', 'Book piano tuning, harp, percussion and cartage'),
    fromStart(-28, 'programme-book', 'Finish the programme book', { steps: ['Notes', 'Roster', 'Donors', 'Proofs'] }),
    fromStart(-21, 'stage-plan', 'Draw the stage and seating plan'),
    fromStart(-14, 'schedule', 'Send schedule and dress to everybody', { remind: 2 }),
    fromStart(-7, 'parts-check', 'Put folders on the stands', { steps: ['Every part there', 'Cuts marked'] }),
    fromStart(-3, 'tickets', 'Hand out musicians’ tickets'),
    fromEnd(1, 'attendance', 'Check attendance and overtime', { remind: 0 }),
    fromEnd(5, 'pay', 'Approve the pay sheet'),
    fromEnd(10, 'parts-back', 'Collect and return hired parts'),
    fromEnd(14, 'rights', 'Report the programme to the rights society'),
  ],
};

const education: BuiltInTemplate = {
  key: 'orchestra.education',
  pack: 'orchestra',
  name: 'Education or family concert',
  automatic: false,
  items: [
    fromStart(-90, 'schools', 'Invite schools'),
    fromStart(-60, 'script', 'Write script and presenter’s cues'),
    fromStart(-45, 'material', 'Send material to teachers'),
    fromStart(-30, 'parts', 'Prepare parts and cuts'),
    fromStart(-21, 'safeguarding', 'Check safeguarding', {
      steps: ['Background checks', 'Photo consent', 'Chaperones'],
    }),
    fromStart(-14, 'buses', 'Agree arrival and buses with schools', { remind: 2 }),
    fromStart(-3, 'seating', 'Send seating to schools and stewards'),
    fromEnd(3, 'feedback', 'Ask teachers how it was'),
  ],
};

const runOut: BuiltInTemplate = {
  key: 'orchestra.run-out',
  pack: 'orchestra',
  name: 'Run-out or tour concert',
  automatic: false,
  items: [
    fromStart(-90, 'contract', 'Contract the presenter', { steps: ['Fee', 'Technical rider', 'Withholding tax'] }),
    fromStart(-60, 'travel', 'Book coaches, flights and hotel', { steps: ['Cargo and instruments', 'Rooming list'] }),
    fromStart(-30, 'hall', 'Advance with the hall', {
      steps: ['Stage size and risers', 'Dressing rooms', 'Piano', 'Stands'],
    }),
    fromStart(-21, 'carnet', 'Prepare carnet and CITES papers', { remind: 3 }),
    fromStart(-10, 'itinerary', 'Send the itinerary to everybody', { remind: 1 }),
    fromStart(-1, 'truck', 'Load the truck', { steps: ['Percussion', 'Basses and harps', 'Music', 'Dress trunks'] }),
    fromEnd(1, 'per-diems', 'Settle per diems and mileage'),
    fromEnd(5, 'pay', 'Approve the pay sheet'),
  ],
};

export const orchestraTemplates = [symphony, education, runOut] as const;
