import { urlOf } from '#platform/client/client.ts';
import type { GroupKey } from '#features/engagements/people/group-words.ts';
import type { Paper } from '#platform/pdf/document.ts';
import { documents } from '../contract.ts';

/** What the tab offers; a new document is one entry. */
export const documentKinds = [
  { value: 'day-sheet', label: 'Day sheet', hint: 'Where, when, who and with what' },
  { value: 'call-sheet', label: 'Call sheet', hint: 'Who is called when, the earliest first' },
  { value: 'person', label: 'One person’s day', hint: 'Only what concerns them' },
  { value: 'contact-sheet', label: 'Contact sheet', hint: 'Who is on it, by group, and how to reach them' },
  { value: 'travel', label: 'Travel', hint: 'Legs by day with who is on them, and hotels' },
  { value: 'rooming-list', label: 'Rooming list', hint: 'A page for each hotel: who sleeps in which room' },
  { value: 'advance', label: 'Advance', hint: 'What is settled with the other side' },
  { value: 'door-list', label: 'Door list', hint: 'Approved guests by surname, to tick' },
] as const;
export type DocumentKind = (typeof documentKinds)[number]['value'];

/** The others are about all days at once. */
export function hasDays(kind: DocumentKind): boolean {
  return kind === 'day-sheet' || kind === 'call-sheet' || kind === 'person';
}

/** A copy of these holds what those may know of into whose hands it goes. */
export function hasCircle(kind: DocumentKind): boolean {
  return kind === 'day-sheet' || kind === 'call-sheet';
}

export interface ChosenDocument {
  kind: DocumentKind;
  /** Null: every day. */
  day: string | null;
  paper: Paper;
  /** Of copies that are handed out; `team`: everything. */
  circle: 'everyone' | GroupKey | 'team';
  /** For one person’s day. */
  resourceId: string | null;
}

/** Where a document is; null while something is still to be chosen. */
export function documentUrl(org: string, id: string, chosen: ChosenDocument, download = false): string | null {
  const { kind, day, circle, paper, resourceId } = chosen;
  const query = { paper, ...(day && { day }), ...(download && { download: 'true' }) };
  const handed = { ...query, ...(circle !== 'team' && { circle }) };
  const whole = { paper, ...(download && { download: 'true' }) };
  const { daySheet, callSheet, personSheet, contactSheet, advance, doorList, travelSheet, roomingList } =
    documents.routes;
  switch (kind) {
    case 'day-sheet':
      return urlOf(daySheet, { org, params: { id }, query: handed });
    case 'call-sheet':
      return urlOf(callSheet, { org, params: { id }, query: handed });
    case 'person':
      return resourceId && urlOf(personSheet, { org, params: { id, resourceId }, query });
    case 'door-list':
      return urlOf(doorList, { org, params: { id }, query: whole });
    case 'contact-sheet':
      return urlOf(contactSheet, { org, params: { id }, query: whole });
    case 'advance':
      return urlOf(advance, { org, params: { id }, query: whole });
    case 'travel':
      return urlOf(travelSheet, { org, params: { id }, query: whole });
    case 'rooming-list':
      return urlOf(roomingList, { org, params: { id }, query: whole });
  }
}

export function advanceUrl(org: string, id: string, paper: Paper = usualPaper()): string {
  return urlOf(documents.routes.advance, { org, params: { id }, query: { paper } });
}

/** A book goes from hand to hand: it holds what everybody on it may know of. */
export function tourBookUrl(org: string, seriesId: string, paper: Paper): string {
  const query = { paper, circle: 'everyone' as const, download: 'true' };
  return urlOf(documents.routes.tourBook, { org, params: { id: seriesId }, query });
}

/** As the reader’s part of the world prints. */
export function usualPaper(): Paper {
  return /^(en-(US|CA|PH)|es-(MX|CO|US|CL|VE)|fr-CA)\b/.test(navigator.language) ? 'letter' : 'a4';
}
