import { packs } from '#features/organisations/packs/packs.ts';
import { packNames } from '#features/organisations/packs/pack.ts';
import { listPeople } from '#features/engagements/people/server/queries.ts';
import type { Circle } from '#features/engagements/timeline/audience-rules.ts';
import { getDoor } from '#features/engagements/guests/server/queries.ts';
import { notFound } from '#platform/contract/errors.ts';
import { feature, type OrgContext, type PublicContext } from '#platform/http/feature.ts';
import { readByToken } from '#platform/http/token-scope.ts';
import type { Paper, PdfDocument } from '#platform/pdf/document.ts';
import { documents } from '../contract.ts';
import { printAdvance } from './advance-document.ts';
import { printed } from './printed.ts';
import { bookOf, chosenDays, daysOf, frameOf, listDocuments, personIn, sourceFor, sourceOfPerson } from './queries.ts';
import { sendDaySheets } from './send.ts';
import type { SheetFrame } from './sheet-frame.ts';
import { isOver, readSheetLink, unknownSheet } from './sheet-link.ts';
import type { SheetSource } from './sheet-source.ts';
import { contactSheet } from './sheets/contact-sheet.ts';
import { doorList } from './sheets/door-list.ts';
import { callSheet } from './sheets/call-sheet.ts';
import { daySheet } from './sheets/day-sheet.ts';
import { personParts, personSheet } from './sheets/person-sheet.ts';
import { roomingList } from './sheets/rooming-list.ts';
import { tourBook } from './sheets/tour-book.ts';
import { travelSheet } from './sheets/travel-sheet.ts';
import { ofTravel } from './travel-documents.ts';

export const documentsFeature = feature(documents, {
  list: async (context, { params }) => listDocuments(await sourceFor(context, params.id), context.scope.now),
  daySheet: (context, { params, query }) =>
    ofEngagement(context, params.id, query, (frame, source, days) => daySheet(frame, source, days, daysOf(source))),
  callSheet: (context, { params, query }) => ofEngagement(context, params.id, query, callSheet),
  personSheet: (context, { params, query }) =>
    ofEngagement(context, params.id, query, (frame, source) => {
      const person = personIn(source, params.resourceId);
      return personSheet(frame, source, person, chosenDays(query.day, person.days));
    }),
  async contactSheet(context, { params, query }) {
    const { tx, caller, own, scope, services } = context;
    const reader = { can: (permission: string) => caller.can(permission), userId: caller.userId, own };
    const [frame, source, roster] = await Promise.all([
      frameOf(services.databases.control, scope, query.paper),
      sourceFor(context, params.id),
      listPeople(tx, params.id, reader),
    ]);
    return printed(contactSheet(frame, source, roster), scope.now, query.download);
  },
  async doorList(context, { params, query }) {
    const { tx, caller, scope, services } = context;
    const all = caller.can('guests.door');
    const own = caller.can('guests.door', 'own') ? caller.userId : undefined;
    // As for an engagement that isn’t there: who may not see the door learns nothing of it.
    if (!all && !own) throw notFound();
    const [frame, source, door] = await Promise.all([
      frameOf(services.databases.control, scope, query.paper),
      sourceFor(context, params.id),
      getDoor(tx, params.id, all ? undefined : own),
    ]);
    return printed(doorList(frame, source, door.guests), scope.now, query.download);
  },
  advance: (context, { params, query }) => printAdvance(context, params.id, query),
  travelSheet: (context, { params, query }) =>
    ofTravel(context, params.id, query, (frame, source, { legs, hotels }) => travelSheet(frame, source, legs, hotels)),
  roomingList: (context, { params, query }) =>
    ofTravel(context, params.id, query, (frame, source, { hotels }) => roomingList(frame, source, hotels)),
  async tourBook(context, { params, query }) {
    const { scope, services, caller } = context;
    const [frame, { series, shows }] = await Promise.all([
      frameOf(services.databases.control, scope, query.paper),
      bookOf(context, params.id, query),
    ]);
    const pack = packNames.find((name) => name === caller.organisation.packs[0]) ?? 'touring';
    const { words } = packs[shows[0]?.source.engagement.pack ?? pack];
    const book = tourBook(frame, series, { series: words.series.one, engagement: words.engagement.one }, shows);
    return printed(book, scope.now, query.download);
  },
  async send(context, { params, body }) {
    const { tx, scope, services } = context;
    const { day, paper, resourceIds, note } = body;
    const [frame, source] = await Promise.all([
      frameOf(services.databases.control, scope, paper),
      sourceFor(context, params.id),
    ]);
    return sendDaySheets(tx, { frame, source, day, resourceIds, note, secret: services.config.secret });
  },
  async readSheet(context, { params }) {
    const { frame, source, day, person } = await behindLink(context, params);
    return {
      organisation: frame.organisation.name,
      name: person.name,
      title: source.engagement.title,
      day: frame.clock.longDate(day),
    };
  },
  async printSheet(context, { params }) {
    const { frame, source, day, person } = await behindLink(context, params);
    return printed(personSheet(frame, source, person, [day]), frame.now, false);
  },
});

interface Wanted {
  day?: string | undefined;
  circle?: Circle | undefined;
  paper: Paper;
  download: boolean;
}

/** A document about the chosen days of one engagement. */
async function ofEngagement(
  context: OrgContext,
  id: string,
  { day, circle, paper, download }: Wanted,
  make: (frame: SheetFrame, source: SheetSource, days: readonly string[]) => PdfDocument,
) {
  const { scope, services } = context;
  const [frame, source] = await Promise.all([
    frameOf(services.databases.control, scope, paper),
    sourceFor(context, id, circle),
  ]);
  return printed(make(frame, source, chosenDays(day, daysOf(source))), scope.now, download);
}

/** As things are now: who is no longer booked on the day finds nothing behind their link. @throws AppError not_found */
function behindLink({ services, request }: PublicContext, { orgId, token }: { orgId: string; token: string }) {
  const link = readSheetLink(services.config.secret, orgId, token);
  return readByToken(services, orgId, 'day_sheet', request.id, async (tx) => {
    const { day, engagementId, resourceId, paper } = link;
    const [frame, source] = await Promise.all([
      frameOf(services.databases.control, tx.scope, paper),
      sourceOfPerson(tx, engagementId, resourceId),
    ]);
    if (!source) throw unknownSheet();
    const person = personParts(source).find((one) => one.resourceId === resourceId);
    if (!person?.days.includes(day) || isOver(link, source.engagement.zone, tx.scope.now)) throw unknownSheet();
    return { frame, source, day, person };
  });
}
