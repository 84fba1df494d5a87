import { urlOf } from '#platform/client/client.ts';
import type { Paper } from '#platform/pdf/document.ts';
import { documents } from '../contract.ts';

/** What the tab offers; a new document is one entry. */
export const documentKinds = [
  { value: 'day-sheet', label: 'Day sheet', hint: 'Where, when, who and with what' },
  { value: 'call-sheet', label: 'Call sheet', hint: 'Who is called when, the earliest first' },
  { value: 'person', label: 'One person’s day', hint: 'Only what concerns them' },
  { value: 'travel', label: 'Travel', hint: 'Legs by day with who is on them, and hotels' },
  { value: 'rooming-list', label: 'Rooming list', hint: 'A page for each hotel: who sleeps in which room' },
  { value: 'door-list', label: 'Door list', hint: 'Approved guests by surname, to tick' },
] as const;
export type DocumentKind = (typeof documentKinds)[number]['value'];

/** These are about all days at once. */
export function hasDays(kind: DocumentKind): boolean {
  return kind !== 'door-list' && kind !== 'travel' && kind !== 'rooming-list';
}

export interface ChosenDocument {
  kind: DocumentKind;
  /** Null: every day. */
  day: string | null;
  paper: Paper;
  /** For one person’s day. */
  resourceId: string | null;
}

/** Where a document is; null while something is still to be chosen. */
export function documentUrl(org: string, id: string, chosen: ChosenDocument, download = false): string | null {
  const { kind, day, paper, resourceId } = chosen;
  const query = { paper, ...(day && { day }), ...(download && { download: 'true' }) };
  const whole = { paper, ...(download && { download: 'true' }) };
  const { daySheet, callSheet, personSheet, doorList, travelSheet, roomingList } = documents.routes;
  switch (kind) {
    case 'day-sheet':
      return urlOf(daySheet, { org, params: { id }, query });
    case 'call-sheet':
      return urlOf(callSheet, { org, params: { id }, query });
    case 'person':
      return resourceId && urlOf(personSheet, { org, params: { id, resourceId }, query });
    case 'door-list':
      return urlOf(doorList, { org, params: { id }, query: whole });
    case 'travel':
      return urlOf(travelSheet, { org, params: { id }, query: whole });
    case 'rooming-list':
      return urlOf(roomingList, { org, params: { id }, query: whole });
  }
}

export function advanceUrl(org: string, id: string, paper: Paper = usualPaper()): string {
  return urlOf(documents.routes.advance, { org, params: { id }, query: { paper } });
}

export function tourBookUrl(org: string, seriesId: string, paper: Paper): string {
  return urlOf(documents.routes.tourBook, { org, params: { id: seriesId }, query: { paper, download: 'true' } });
}

/** As the reader’s part of the world prints. */
export function usualPaper(): Paper {
  return /^(en-(US|CA|PH)|es-(MX|CO|US|CL|VE)|fr-CA)\b/.test(navigator.language) ? 'letter' : 'a4';
}
