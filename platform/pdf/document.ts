/** A document as features describe it: plain data, without a word about where on the page it goes. */
export interface PdfDocument {
  paper: Paper;
  /** Of headings and rules, `#rrggbb`; darkened where white paper would swallow it. */
  colour: string;
  /** BCP 47, for readers that speak. */
  language: string;
  /** Whose document it is: at the top of each page. */
  organisation: string;
  /** Before its name, on each page; null: none. */
  logo?: PdfLogo | null;
  /** What it is: “Day sheet”. */
  label: string;
  /** Of the file, and at the top of each page: “Kraftwerk, Thu 14 May 2026”. */
  title: string;
  /** When what it says was true, for the foot of each page. */
  asOf: string;
  /** For the foot of each page: who may read it. */
  confidential: string | null;
  /** Heads of a table of contents before the parts, two columns; null: none. */
  contents: { title: string; subtitle: string; heads: readonly [string, string] } | null;
  /** Each begins on a page of its own. */
  parts: readonly PdfPart[];
}

/** A picture that was looked into: printing it takes it as it is. */
export interface PdfLogo {
  /** `data:image/png;base64,…` or JPEG. */
  image: string;
}

export const papers = ['a4', 'letter'] as const;
export type Paper = (typeof papers)[number];

export interface PdfPart {
  title: string;
  /** Below the title, in a softer tone. */
  subtitle: string;
  /** As the table of contents names it, in its two columns. */
  entry?: readonly [string, string];
  blocks: readonly PdfBlock[];
}

export type PdfBlock = Facts | Timeline | PdfTable | Notes | Prose;

/** Short facts in a grid; those without a value are left out. */
export interface Facts {
  kind: 'facts';
  items: readonly { label: string; value: string; wide?: boolean }[];
}

/** What happens when, in order. */
export interface Timeline {
  kind: 'timeline';
  heading: string;
  rows: readonly TimelineRow[];
  /** Instead of no rows. */
  empty: string;
}

export interface TimelineRow {
  /** By the wall clock: “19:30”. */
  from: string;
  /** “22:00”; empty when it has no end that matters. */
  until: string;
  /** Beside the time: “+1” for the small hours, the city of another zone. */
  mark: string;
  what: string;
  where: string;
  /** Small lines below. */
  details: readonly string[];
}

/** A table whose heading and heads come again on each page that it runs over. */
export interface PdfTable {
  kind: 'table';
  heading: string;
  /** Widths are shares of the page; the first column is set in bold. */
  columns: readonly { head: string; share: number }[];
  rows: readonly (readonly string[])[];
  empty: string;
}

/** Paragraphs as people wrote them. Nothing is shown when there are none. */
export interface Notes {
  kind: 'notes';
  heading: string;
  paragraphs: readonly string[];
}

/** Running text, as letters and contracts have it. */
export interface Prose {
  kind: 'prose';
  pieces: readonly ProsePiece[];
}

/** Lines of a text, each of pieces that are bold or not. */
export type ProseLines = readonly (readonly { text: string; bold: boolean }[])[];

export type ProsePiece =
  | { kind: 'heading' | 'paragraph'; lines: ProseLines }
  | { kind: 'clause'; number: string; lines: ProseLines }
  | { kind: 'list'; items: readonly ProseLines[] }
  /** What follows begins a new page. */
  | { kind: 'page' }
  /** Places to sign, by who signs. */
  | { kind: 'signatures'; labels: readonly string[] };
