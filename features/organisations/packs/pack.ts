/** A pack's words and pipelines. Code, API and database keep the kernel's names; only what people read changes. */

export const packNames = ['touring', 'venue', 'orchestra', 'studio', 'contractor'] as const;
export type PackName = (typeof packNames)[number];

export interface Word {
  one: string;
  many: string;
}

export interface Stage {
  key: string;
  label: string;
  /** open: still being won; won: it happens; done: it is over; lost: it doesn't happen. */
  kind: 'open' | 'won' | 'done' | 'lost';
  /** How likely it is that one in this stage happens, in percent, unless somebody says otherwise of one. */
  probability: number;
}

/** Screens that not every trade wants; each shows where one of the organisation's packs has it. */
export const packScreens = ['lists', 'chairs', 'guests', 'setlists', 'travel', 'advance'] as const;
export type PackScreen = (typeof packScreens)[number];

export interface Pack {
  name: PackName;
  /** What this pack is called where an organisation chooses it. */
  label: string;
  /** One sentence: for whom. */
  audience: string;
  words: {
    engagement: Word;
    series: Word;
    person: Word;
    place: Word;
    thing: Word;
    party: Word;
    /** What somebody sends who wants one. */
    inquiry: Word;
    pencil: Word;
    hold: Word;
    commit: Word;
  };
  /** In order; the first is where an engagement begins. Exactly one is `won` by confirming. */
  stages: readonly Stage[];
  /** Stage that a chain confirm moves to. */
  confirmedStage: string;
  /** Roles that a party may have on an engagement. */
  partyRoles: readonly string[];
  screens: readonly PackScreen[];
}
