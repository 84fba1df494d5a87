import { getAdvance } from '#features/engagements/advance/server/queries.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { OrgContext } from '#platform/http/feature.ts';
import type { Paper } from '#platform/pdf/document.ts';
import { printed } from './printed.ts';
import { frameOf, sourceFor } from './queries.ts';
import { advanceSheet } from './sheets/advance-sheet.ts';

/** The printed advance. @throws AppError not_found, also for who may not see it */
export async function printAdvance(context: OrgContext, id: string, wanted: { paper: Paper; download: boolean }) {
  const { tx, caller, scope, services } = context;
  if (!caller.can('advance.read')) throw notFound();
  // First: whatever isn’t there is then told in the same words.
  const source = await sourceFor(context, id);
  const [frame, { items }] = await Promise.all([
    frameOf(services.databases.control, scope, wanted.paper),
    getAdvance(tx, services.databases.control, id),
  ]);
  return printed(advanceSheet(frame, source, items), scope.now, wanted.download);
}
