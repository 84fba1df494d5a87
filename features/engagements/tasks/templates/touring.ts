import { fromEnd, fromStart, type BuiltInTemplate } from './template.ts';

const clubShow: BuiltInTemplate = {
  key: 'touring.club-show',
  pack: 'touring',
  name: 'Club or hall show',
  automatic: true,
  items: [
    fromStart(-60, 'contract', 'Sign the contract', {
      steps: ['Fee, deposit and balance agreed', 'Merch split agreed', 'Rider attached', 'Countersigned'],
      remind: 3,
    }),
    fromStart(-60, 'announce', 'Agree announce and on-sale dates'),
    fromStart(-45, 'deposit', 'Chase the deposit', { remind: 2 }),
    fromStart(-30, 'advance', 'Send the advance to the venue', {
      steps: [
        'Tech rider and input list',
        'Stage plot',
        'Hospitality rider or buy-out',
        'Load-in and curfew asked for',
      ],
      remind: 2,
    }),
    fromStart(-28, 'travel', 'Book travel', { steps: ['Bus or flights', 'Ground transport', 'Fly-date backline'] }),
    fromStart(-28, 'hotel', 'Book hotel and send the rooming list'),
    fromStart(-21, 'tickets', 'Check ticket counts and marketing'),
    fromStart(-14, 'advance-back', 'Get the advance back', {
      steps: ['Power and parking', 'Labour call and runner', 'Showers, Wi-Fi, catering', 'Settlement contact'],
      remind: 2,
    }),
    fromStart(-7, 'guest-list', 'Open the guest list and tell the allotments'),
    fromStart(-3, 'day-sheet', 'Finish the day sheet and send it', { remind: 1 }),
    fromStart(-1, 'floats', 'Pack per diems, float and merch counts'),
    fromStart(0, 'close-guests', 'Close the guest list and send it to the door'),
    fromEnd(0, 'settle', 'Settle the show', {
      steps: ['Ticket audit', 'Merch settled', 'Expenses with receipts', 'Balance received'],
    }),
    fromEnd(2, 'setlist-report', 'Report the setlist to the rights society'),
    fromEnd(7, 'accounts', 'Close the accounts', { steps: ['Commission', 'Withholding tax', 'Crew paid'] }),
  ],
};

const festival: BuiltInTemplate = {
  key: 'touring.festival',
  pack: 'touring',
  name: 'Festival',
  automatic: false,
  items: [
    fromStart(-90, 'contract', 'Sign the contract', {
      steps: ['Radius clause checked', 'Billing agreed', 'Countersigned'],
    }),
    fromStart(-45, 'advance', 'Fill in the festival’s advance', {
      steps: [
        'Stage and slot',
        'Changeover and line check',
        'Festival patch and guest engineer',
        'Backline shared or own',
      ],
      remind: 3,
    }),
    fromStart(-30, 'travel', 'Book travel and hotel', { steps: ['Arrivals told to the festival', 'Rooming list'] }),
    fromStart(-21, 'passes', 'Order passes and wristbands', { steps: ['Working', 'Guests', 'Vehicles'], remind: 2 }),
    fromStart(-14, 'set', 'Cut the set to the slot'),
    fromStart(-4, 'day-sheet', 'Finish the day sheet and send it', { remind: 1 }),
    fromStart(-2, 'freight', 'Check freight and carnet'),
    fromEnd(0, 'settle', 'Collect the balance and the papers'),
    fromEnd(2, 'setlist-report', 'Report the setlist to the rights society'),
  ],
};

const promo: BuiltInTemplate = {
  key: 'touring.promo',
  pack: 'touring',
  name: 'Promo or radio session',
  automatic: false,
  items: [
    fromStart(-14, 'brief', 'Get the brief', { steps: ['Songs and length', 'Live or playback', 'Clearances'] }),
    fromStart(-10, 'tech', 'Send input list and stage plot'),
    fromStart(-7, 'travel', 'Book travel'),
    fromStart(-2, 'day-sheet', 'Send the day sheet', { remind: 1 }),
    fromEnd(1, 'links', 'Collect recording and photos'),
  ],
};

export const touringTemplates = [clubShow, festival, promo] as const;
