import { readTravel, sightOf, type TravelRows } from '#features/engagements/travel/server/queries.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Bytes } from '#platform/http/bytes.ts';
import type { OrgContext } from '#platform/http/feature.ts';
import type { Paper, PdfDocument } from '#platform/pdf/document.ts';
import { printed } from './printed.ts';
import { frameOf, sourceFor } from './queries.ts';
import type { SheetFrame } from './sheet-frame.ts';
import type { SheetSource } from './sheet-source.ts';

/**
 * A document about how people of an engagement travel and sleep, cut to what its reader may see of that.
 * @throws AppError not_found, alike for who may see no travel and for an engagement that isn’t there
 */
export async function ofTravel(
  context: OrgContext,
  id: string,
  { paper, download }: { paper: Paper; download: boolean },
  make: (frame: SheetFrame, source: SheetSource, rows: TravelRows) => PdfDocument,
): Promise<Bytes> {
  const { tx, caller, scope, services } = context;
  const own = caller.can('travel.read', 'own') ? caller.userId : undefined;
  const all = caller.can('travel.read');
  if (!all && !own) throw notFound();
  const [frame, source, rows] = await Promise.all([
    frameOf(services.databases.control, scope, paper),
    sourceFor(context, id),
    readTravel(tx, [id], sightOf({ caller, own: all ? undefined : own })),
  ]);
  return printed(make(frame, source, rows), scope.now, download);
}
