import { packs } from '#features/organisations/packs/packs.ts';
import type { Pack } from '#features/organisations/packs/pack.ts';
import type { Paper, PdfDocument, PdfLogo, PdfPart } from '#platform/pdf/document.ts';
import { SheetClock } from './sheet-clock.ts';
import type { SheetSource } from './sheet-source.ts';

/** What every document has around it, whatever it is about. */
export interface SheetFrame {
  paper: Paper;
  clock: SheetClock;
  organisation: { name: string; zone: string; colour: string | null; logo: PdfLogo | null };
  now: Date;
}

/** Where an organisation has chosen none: the accent of the screens. */
const usualColour = '#0f766e';

export function documentIn(
  { paper, clock, organisation, now }: SheetFrame,
  about: { label: string; title: string; contents?: PdfDocument['contents']; parts: readonly PdfPart[] },
): PdfDocument {
  return {
    paper,
    colour: organisation.colour ?? usualColour,
    language: clock.language,
    organisation: organisation.name,
    logo: organisation.logo,
    asOf: `As of ${clock.moment(now.toISOString(), organisation.zone)}`,
    confidential: 'Confidential: for those who work on it. Please don’t pass it on.',
    contents: null,
    ...about,
  };
}

export function packOf({ engagement }: SheetSource): Pack {
  return packs[engagement.pack];
}

/** Pack words are written small; this begins a heading with one. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
