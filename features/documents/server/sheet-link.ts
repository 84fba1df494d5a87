import { createHmac, timingSafeEqual } from 'node:crypto';
import { notFound } from '#platform/contract/errors.ts';
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

/** Signed rather than stored: what it opens is looked up, and judged, each time. Below the origin. */
export function sheetPath(secret: string, orgId: string, link: SheetLink): string {
  const said = [link.engagementId, link.resourceId, link.day, link.paper].join('.');
  return `/day-sheet/${orgId}/${said}.${signature(secret, orgId, said)}`;
}

/** @throws AppError not_found for everything that we didn’t sign */
export function readSheetLink(secret: string, orgId: string, token: string): SheetLink {
  const at = token.lastIndexOf('.');
  const said = token.slice(0, Math.max(at, 0));
  const expected = Buffer.from(signature(secret, orgId, said));
  const given = Buffer.from(token.slice(at + 1));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw unknownSheet();
  const [engagementId = '', resourceId = '', day = '', size = ''] = said.split('.');
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

function signature(secret: string, orgId: string, said: string): string {
  return createHmac('sha256', secret).update(`day sheet\n${orgId}\n${said}`).digest('base64url');
}
