import type { Pack, PackName } from './pack.ts';

const word = (one: string, many = `${one}s`) => ({ one, many });

const touring: Pack = {
  name: 'touring',
  label: 'Touring',
  audience: 'Bands, acts and their agents: shows, tours and travel.',
  words: {
    engagement: word('show'),
    series: word('tour'),
    person: word('person', 'people'),
    place: word('venue'),
    thing: word('backline item'),
    party: word('contact'),
    inquiry: word('avail request'),
    pencil: word('avail'),
    hold: word('hold'),
    commit: word('confirmed date'),
  },
  stages: [
    { key: 'avail', label: 'Avail', kind: 'open', probability: 10 },
    { key: 'hold', label: 'Hold', kind: 'open', probability: 25 },
    { key: 'offer', label: 'Offer', kind: 'open', probability: 50 },
    { key: 'confirmed', label: 'Confirmed', kind: 'won', probability: 100 },
    { key: 'contracted', label: 'Contracted', kind: 'won', probability: 100 },
    { key: 'advanced', label: 'Advanced', kind: 'won', probability: 100 },
    { key: 'played', label: 'Played', kind: 'done', probability: 100 },
    { key: 'settled', label: 'Settled', kind: 'done', probability: 100 },
    { key: 'cancelled', label: 'Cancelled', kind: 'lost', probability: 0 },
  ],
  confirmedStage: 'confirmed',
  partyRoles: ['promoter', 'agent', 'manager', 'venue contact', 'vendor'],
};

const venue: Pack = {
  name: 'venue',
  label: 'Venue',
  audience: 'Halls, clubs and promoters: rooms, ranked holds and events.',
  words: {
    engagement: word('event'),
    series: word('season'),
    person: word('person', 'people'),
    place: word('space'),
    thing: word('equipment', 'equipment'),
    party: word('client'),
    inquiry: word('event request'),
    pencil: word('prospect'),
    hold: word('hold'),
    commit: word('definite', 'definites'),
  },
  stages: [
    { key: 'inquiry', label: 'Inquiry', kind: 'open', probability: 10 },
    { key: 'prospect', label: 'Prospect', kind: 'open', probability: 25 },
    { key: 'tentative', label: 'Tentative', kind: 'open', probability: 50 },
    { key: 'definite', label: 'Definite', kind: 'won', probability: 100 },
    { key: 'advanced', label: 'Advanced', kind: 'won', probability: 100 },
    { key: 'closed', label: 'Closed', kind: 'done', probability: 100 },
    { key: 'settled', label: 'Settled', kind: 'done', probability: 100 },
    { key: 'lost', label: 'Lost', kind: 'lost', probability: 0 },
  ],
  confirmedStage: 'definite',
  partyRoles: ['client', 'promoter', 'agent', 'vendor', 'caterer'],
};

const orchestra: Pack = {
  name: 'orchestra',
  label: 'Orchestra',
  audience: 'Orchestras and ensembles: seasons, programmes and players.',
  words: {
    engagement: word('concert'),
    series: word('programme'),
    person: word('musician'),
    place: word('hall'),
    thing: word('instrument'),
    party: word('contact'),
    inquiry: word('guest request'),
    pencil: word('pencil'),
    hold: word('hold'),
    commit: word('booking'),
  },
  stages: [
    { key: 'planned', label: 'Planned', kind: 'open', probability: 50 },
    { key: 'held', label: 'Held', kind: 'open', probability: 75 },
    { key: 'confirmed', label: 'Confirmed', kind: 'won', probability: 100 },
    { key: 'performed', label: 'Performed', kind: 'done', probability: 100 },
    { key: 'paid', label: 'Paid', kind: 'done', probability: 100 },
    { key: 'cancelled', label: 'Cancelled', kind: 'lost', probability: 0 },
  ],
  confirmedStage: 'confirmed',
  partyRoles: ['presenter', 'agent', 'donor', 'vendor'],
};

const studio: Pack = {
  name: 'studio',
  label: 'Studio',
  audience: 'Creative studios and post houses: artists, suites and options.',
  words: {
    engagement: word('project'),
    series: word('production'),
    person: word('artist'),
    place: word('suite'),
    thing: word('machine'),
    party: word('client'),
    inquiry: word('brief'),
    pencil: word('pencil'),
    hold: word('option'),
    commit: word('booking'),
  },
  stages: [
    { key: 'brief', label: 'Brief', kind: 'open', probability: 20 },
    { key: 'bid', label: 'Bid', kind: 'open', probability: 40 },
    { key: 'awarded', label: 'Awarded', kind: 'won', probability: 100 },
    { key: 'production', label: 'In production', kind: 'won', probability: 100 },
    { key: 'delivered', label: 'Delivered', kind: 'done', probability: 100 },
    { key: 'wrapped', label: 'Wrapped', kind: 'done', probability: 100 },
    { key: 'lost', label: 'Lost', kind: 'lost', probability: 0 },
  ],
  confirmedStage: 'awarded',
  partyRoles: ['client', 'agency', 'production company', 'vendor'],
};

const contractor: Pack = {
  name: 'contractor',
  label: 'Contractor',
  audience: 'Trades and field service: jobs, visits and crews.',
  words: {
    engagement: word('job'),
    series: word('site'),
    person: word('crew member'),
    place: word('location'),
    thing: word('vehicle'),
    party: word('customer'),
    inquiry: word('lead'),
    pencil: word('tentative visit'),
    hold: word('held visit'),
    commit: word('scheduled visit'),
  },
  stages: [
    { key: 'lead', label: 'Lead', kind: 'open', probability: 10 },
    { key: 'assessment', label: 'Assessment', kind: 'open', probability: 30 },
    { key: 'estimate', label: 'Estimate', kind: 'open', probability: 50 },
    { key: 'scheduled', label: 'Scheduled', kind: 'won', probability: 100 },
    { key: 'completed', label: 'Completed', kind: 'done', probability: 100 },
    { key: 'billed', label: 'Billed', kind: 'done', probability: 100 },
    { key: 'lost', label: 'Lost', kind: 'lost', probability: 0 },
  ],
  confirmedStage: 'scheduled',
  partyRoles: ['customer', 'property manager', 'subcontractor', 'vendor'],
};

export const packs: Readonly<Record<PackName, Pack>> = { touring, venue, orchestra, studio, contractor };
