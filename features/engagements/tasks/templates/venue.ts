import { fromEnd, fromStart, type BuiltInTemplate } from './template.ts';

const concert: BuiltInTemplate = {
  key: 'venue.concert',
  pack: 'venue',
  name: 'Concert',
  automatic: true,
  items: [
    fromStart(-75, 'contract', 'Send the contract and get it back', {
      steps: ['Offer approved', 'Deal memo', 'Insurance certificate', 'Countersigned'],
      remind: 3,
    }),
    fromStart(-70, 'announce', 'Set announce, presale and on-sale'),
    fromStart(-60, 'ticketing', 'Build the event in ticketing', {
      steps: ['Scaling and fees', 'Comps and kills', 'Tested'],
    }),
    fromStart(-45, 'marketing', 'Start marketing', { steps: ['Artwork approved', 'Listings', 'Paid adverts'] }),
    fromStart(-28, 'advance', 'Advance with the tour', {
      steps: ['Tech rider and input list', 'Labour call', 'Hospitality', 'Parking and power', 'Merch terms'],
      remind: 2,
    }),
    fromStart(-21, 'staffing', 'Order staff', { steps: ['Security', 'Stagehands', 'Bar', 'Box office', 'First aid'] }),
    fromStart(-14, 'licences', 'Check licences and curfew'),
    fromStart(-7, 'hospitality', 'Order catering and hospitality', { remind: 1 }),
    fromStart(-3, 'run-of-show', 'Send the run of show', { remind: 1 }),
    fromStart(-1, 'guest-list', 'Close the guest list', { steps: ['Allotments kept', 'Door list printed'] }),
    fromStart(0, 'walk', 'Walk the room before doors', { steps: ['Exits clear', 'Sightlines', 'Accessible seats'] }),
    fromEnd(0, 'settle', 'Settle with the tour', { steps: ['Ticket audit', 'Costs with receipts', 'Signed by both'] }),
    fromEnd(3, 'incidents', 'Write up incidents and damage'),
    fromEnd(7, 'profit', 'Compare budget and actual'),
  ],
};

const privateEvent: BuiltInTemplate = {
  key: 'venue.private-event',
  pack: 'venue',
  name: 'Private or corporate event',
  automatic: false,
  items: [
    fromStart(-60, 'contract', 'Send contract and deposit invoice', {
      steps: ['Signed', 'Deposit received'],
      remind: 3,
    }),
    fromStart(-45, 'site-visit', 'Walk the space with the client'),
    fromStart(-30, 'layout', 'Agree layout and schedule', { steps: ['Floor plan', 'Seating', 'Run of show'] }),
    fromStart(-21, 'catering', 'Confirm caterer and menus'),
    fromStart(-14, 'av', 'Order sound, light and screens'),
    fromStart(-10, 'headcount', 'Get the final headcount', { remind: 2 }),
    fromStart(-10, 'balance', 'Invoice the balance'),
    fromStart(-7, 'insurance', 'Collect certificates of insurance'),
    fromStart(-2, 'staffing', 'Confirm staff and call times', { remind: 1 }),
    fromEnd(1, 'damage', 'Check for damage and lost property'),
    fromEnd(5, 'invoice', 'Send the final invoice'),
    fromEnd(7, 'thanks', 'Thank the client and ask for a review'),
  ],
};

const festivalDay: BuiltInTemplate = {
  key: 'venue.festival',
  pack: 'venue',
  name: 'Festival or multi-room event',
  automatic: false,
  items: [
    fromStart(-120, 'permits', 'Apply for permits', {
      steps: ['Noise', 'Street', 'Alcohol', 'Fire safety'],
      remind: 7,
    }),
    fromStart(-90, 'line-up', 'Contract the line-up'),
    fromStart(-60, 'site-plan', 'Finish site plan and stage schedule'),
    fromStart(-45, 'suppliers', 'Order stages, power, toilets and fences'),
    fromStart(-30, 'volunteers', 'Staff every shift'),
    fromStart(-21, 'advance', 'Advance with every act', { remind: 3 }),
    fromStart(-10, 'passes', 'Send passes and parking'),
    fromStart(-3, 'briefing', 'Brief security and first aid', { remind: 1 }),
    fromEnd(1, 'site', 'Hand the site back', { steps: ['Cleaned', 'Damage photographed', 'Keys returned'] }),
    fromEnd(10, 'settle', 'Settle with every act and supplier'),
  ],
};

export const venueTemplates = [concert, privateEvent, festivalDay] as const;
