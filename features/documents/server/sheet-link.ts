import { notFound } from '#platform/contract/errors.ts';
import { readSigned, sign } from '#platform/crypto/signed.ts';
import { papers, type Paper } from '#platform/pdf/document.ts';
import { daySpan } from '../show-day-rules.ts';

/** What a mailed link opens: one person’s sheet of one day, and nothing else. */
export interface SheetLink {
  engagementId: string;
  resourceId: string;
  day: string;
  paper: Paper;
}

/** Days after the show day, for late questions about it. */
const livesOn = 3;

/** Below the origin. What it opens is looked up, and judged, each time. */
export function sheetPath(secret: string, orgId: string, link: SheetLink): string {
  const parts = [link.engagementId, link.resourceId, link.day, link.paper];
  return `/day-sheet/${orgId}/${sign(secret, ['day sheet', orgId], parts)}`;
}

/** @throws AppError not_found for everything that we didn’t sign */
export function readSheetLink(secret: string, orgId: string, token: string): SheetLink {
  const [engagementId = '', resourceId = '', day = '', size] = readSigned(secret, ['day sheet', orgId], token) ?? [];
  const paper = papers.find((one) => one === size);
  if (!paper) throw unknownSheet();
  return { engagementId, resourceId, day, paper };
}

/** @param zone of the engagement */
export function isOver({ day }: SheetLink, zone: string, now: Date): boolean {
  return now.getTime() >= Date.parse(daySpan(day, zone).endsAt) + livesOn * 86_400_000;
}

export function unknownSheet() {
  return notFound('This day sheet');
}
