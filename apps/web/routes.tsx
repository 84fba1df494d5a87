import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { installationQuery, lastOrganisation, rememberOrganisation } from '#features/identity/web/session.ts';
import { readDossierSearch, readEngagementSearch } from '#features/engagements/web/engagement-search.ts';
import { readInboxSearch } from '#features/intake/inquiries/web/inbox-search.ts';
import { readFilesSearch } from '#features/files/web/files-search.ts';
import { readActivitySearch } from '#features/history/web/activity-search.ts';
import { readAuditSearch } from '#features/history/web/audit-search.ts';
import { readCallSearch, readOpenSeatSearch } from '#features/calls/cascades/web/call-search.ts';
import { readListsSearch } from '#features/calls/lists/web/lists-search.ts';
import { readReportSearch } from '#features/calls/reports/web/report-search.ts';
import { readRosterSearch } from '#features/calls/roster/web/roster-search.ts';
import { readFormsSearch } from '#features/intake/forms/web/forms-search.ts';
import { readContactsSearch } from '#features/parties/web/contacts-search.ts';
import { readPipelineSearch } from '#features/pipeline/web/pipeline-search.ts';
import { readSongsSearch } from '#features/engagements/setlists/web/songs-search.ts';
import { readMyTasksSearch } from '#features/engagements/tasks/web/my-tasks-search.ts';
import { readBoardSearch } from '#features/scheduling/claims/web/board-search.ts';
import { readFindSearch } from '#features/scheduling/find/web/find-search.ts';
import { readOutboxSearch } from '#features/messaging/web/outbox-search.ts';
import { readResourceSearch } from '#features/scheduling/resources/web/resource-search.ts';
import { accountRoutes } from './account-routes.tsx';
import { operatorRoutes } from './operator-routes.tsx';
import { root, signedIn, textOf } from './root-route.ts';

/** The start: the organisation last looked at, or whatever must come first. */
const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context: { queries } }) => {
    const { ready } = await queries.ensureQueryData(installationQuery);
    if (!ready) throw redirect({ to: '/welcome', replace: true });
    const { organisations, user } = await signedIn(queries, '/');
    const last = organisations.find(({ slug }) => slug === lastOrganisation()) ?? organisations[0];
    if (!last && user?.operator) throw redirect({ to: '/operator', replace: true });
    if (!last) throw redirect({ to: '/welcome', replace: true });
    throw redirect({ to: '/o/$org', params: { org: last.slug }, replace: true });
  },
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./pages/welcome-page.tsx'), 'WelcomePage'),
});

const org = createRoute({
  getParentRoute: () => root,
  path: '/o/$org',
  beforeLoad: async ({ context: { queries }, params, location }) => {
    const { organisations } = await signedIn(queries, location.href);
    const organisation = organisations.find(({ slug }) => slug === params.org);
    if (!organisation) throw notFound();
    if (organisation.needsFactor)
      throw redirect({ to: '/second-factor', search: { org: params.org, to: location.href }, replace: true });
    if (organisation.suspended !== null)
      throw redirect({ to: '/suspended', search: { org: params.org, to: location.href }, replace: true });
    rememberOrganisation(params.org);
  },
  component: lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell'),
});

const orgIndex = createRoute({
  getParentRoute: () => org,
  path: '/',
  beforeLoad: async ({ context: { queries }, params, location }) => {
    const { organisations } = await signedIn(queries, location.href);
    const membership = organisations.find(({ slug }) => slug === params.org);
    if (!membership) throw notFound();
    // Loaded here: the first page of all needs neither packs nor icons.
    const [{ present }, { firstPageOf }] = await Promise.all([
      import('#features/organisations/web/org-context.tsx'),
      import('./shell/navigation.ts'),
    ]);
    throw redirect({ to: firstPageOf(present(membership)), params, replace: true });
  },
});

const engagements = createRoute({
  getParentRoute: () => org,
  path: 'engagements',
  validateSearch: readEngagementSearch,
  component: lazyRouteComponent(() => import('#features/engagements/web/engagement-list.tsx'), 'EngagementList'),
});

const board = createRoute({
  getParentRoute: () => org,
  path: 'board',
  validateSearch: readBoardSearch,
  component: lazyRouteComponent(() => import('./pages/board-page.tsx'), 'BoardPage'),
});

const engagement = createRoute({
  getParentRoute: () => org,
  path: 'engagements/$id',
  validateSearch: readDossierSearch,
  component: lazyRouteComponent(() => import('./pages/engagement-page.tsx'), 'EngagementPage'),
});

const series = createRoute({
  getParentRoute: () => org,
  path: 'series',
  validateSearch: (search): { q?: string } => ({ q: textOf(search['q']) }),
  component: lazyRouteComponent(() => import('#features/engagements/web/series-list.tsx'), 'SeriesList'),
});

const seriesTravel = createRoute({
  getParentRoute: () => org,
  path: 'series/$id/travel',
  component: lazyRouteComponent(
    () => import('#features/engagements/travel/web/series-travel-page.tsx'),
    'SeriesTravelPage',
  ),
});

const myTravel = createRoute({
  getParentRoute: () => org,
  path: 'my-travel',
  component: lazyRouteComponent(() => import('#features/engagements/travel/web/my-travel-page.tsx'), 'MyTravelPage'),
});

const inquiries = createRoute({
  getParentRoute: () => org,
  path: 'inquiries',
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(() => import('#features/intake/inquiries/web/inbox-page.tsx'), 'InboxPage'),
});

const noInquiry = createRoute({
  getParentRoute: () => inquiries,
  path: '/',
  component: lazyRouteComponent(() => import('#features/intake/inquiries/web/inbox-page.tsx'), 'NoInquiry'),
});

const inquiry = createRoute({
  getParentRoute: () => inquiries,
  path: '$id',
  component: lazyRouteComponent(() => import('#features/intake/inquiries/web/inquiry-page.tsx'), 'InquiryPage'),
});

const people = createRoute({
  getParentRoute: () => org,
  path: 'people',
  validateSearch: readResourceSearch,
  component: lazyRouteComponent(() => import('#features/scheduling/resources/web/resource-pages.tsx'), 'PeoplePage'),
});

const places = createRoute({
  getParentRoute: () => org,
  path: 'places',
  validateSearch: readResourceSearch,
  component: lazyRouteComponent(() => import('#features/scheduling/resources/web/resource-pages.tsx'), 'PlacesPage'),
});

const things = createRoute({
  getParentRoute: () => org,
  path: 'things',
  validateSearch: readResourceSearch,
  component: lazyRouteComponent(() => import('#features/scheduling/resources/web/resource-pages.tsx'), 'ThingsPage'),
});

const resource = createRoute({
  getParentRoute: () => org,
  path: 'resources/$id',
  component: lazyRouteComponent(() => import('./pages/resource-page.tsx'), 'ResourcePage'),
});

const find = createRoute({
  getParentRoute: () => org,
  path: 'find',
  validateSearch: readFindSearch,
  component: lazyRouteComponent(() => import('#features/scheduling/find/web/find-page.tsx'), 'FindPage'),
});

const contacts = createRoute({
  getParentRoute: () => org,
  path: 'contacts',
  validateSearch: readContactsSearch,
  component: lazyRouteComponent(() => import('#features/parties/web/contacts-page.tsx'), 'ContactsPage'),
});

const contact = createRoute({
  getParentRoute: () => org,
  path: 'contacts/$id',
  component: lazyRouteComponent(() => import('./pages/party-page.tsx'), 'PartyPage'),
});

const pipeline = createRoute({
  getParentRoute: () => org,
  path: 'pipeline',
  validateSearch: readPipelineSearch,
  component: lazyRouteComponent(() => import('#features/pipeline/web/pipeline-page.tsx'), 'PipelinePage'),
});

const roster = createRoute({
  getParentRoute: () => org,
  path: 'roster',
  validateSearch: readRosterSearch,
  component: lazyRouteComponent(() => import('#features/calls/roster/web/roster-page.tsx'), 'RosterPage'),
});

const calls = createRoute({
  getParentRoute: () => org,
  path: 'calls',
  validateSearch: readCallSearch,
  component: lazyRouteComponent(() => import('#features/calls/cascades/web/calls-page.tsx'), 'CallsPage'),
});

const openSeats = createRoute({
  getParentRoute: () => org,
  path: 'open-seats',
  validateSearch: readOpenSeatSearch,
  component: lazyRouteComponent(() => import('#features/calls/cascades/web/open-seats-page.tsx'), 'OpenSeatsPage'),
});

const myCalls = createRoute({
  getParentRoute: () => org,
  path: 'my-calls',
  component: lazyRouteComponent(() => import('#features/calls/cascades/web/my-calls-page.tsx'), 'MyCallsPage'),
});

const myPay = createRoute({
  getParentRoute: () => org,
  path: 'my-pay',
  component: lazyRouteComponent(() => import('#features/calls/pay/web/my-pay-page.tsx'), 'MyPayPage'),
});

const rankedLists = createRoute({
  getParentRoute: () => org,
  path: 'lists',
  validateSearch: readListsSearch,
  component: lazyRouteComponent(() => import('#features/calls/lists/web/lists-page.tsx'), 'ListsPage'),
});

const rankedList = createRoute({
  getParentRoute: () => org,
  path: 'lists/$id',
  component: lazyRouteComponent(() => import('#features/calls/lists/web/list-page.tsx'), 'ListPage'),
});

const reports = createRoute({
  getParentRoute: () => org,
  path: 'reports',
  validateSearch: readReportSearch,
  component: lazyRouteComponent(() => import('#features/calls/reports/web/reports-page.tsx'), 'ReportsPage'),
});

const door = createRoute({
  getParentRoute: () => org,
  path: 'engagements/$id/door',
  component: lazyRouteComponent(() => import('#features/engagements/guests/web/door-page.tsx'), 'DoorPage'),
});

const stage = createRoute({
  getParentRoute: () => org,
  path: 'engagements/$id/stage',
  component: lazyRouteComponent(() => import('#features/engagements/setlists/web/stage-page.tsx'), 'StagePage'),
});

const songs = createRoute({
  getParentRoute: () => org,
  path: 'songs',
  validateSearch: readSongsSearch,
  component: lazyRouteComponent(() => import('#features/engagements/setlists/web/songs-page.tsx'), 'SongsPage'),
});

const tasks = createRoute({
  getParentRoute: () => org,
  path: 'tasks',
  validateSearch: readMyTasksSearch,
  component: lazyRouteComponent(() => import('#features/engagements/tasks/web/my-tasks-page.tsx'), 'MyTasksPage'),
});

const files = createRoute({
  getParentRoute: () => org,
  path: 'files',
  validateSearch: readFilesSearch,
  component: lazyRouteComponent(() => import('#features/files/web/files-page.tsx'), 'FilesPage'),
});

const forms = createRoute({
  getParentRoute: () => org,
  path: 'forms',
  validateSearch: readFormsSearch,
  component: lazyRouteComponent(() => import('#features/intake/forms/web/forms-page.tsx'), 'FormsPage'),
});

const form = createRoute({
  getParentRoute: () => org,
  path: 'forms/$id',
  component: lazyRouteComponent(() => import('#features/intake/forms/web/builder/builder-page.tsx'), 'BuilderPage'),
});

const imports = createRoute({
  getParentRoute: () => org,
  path: 'import',
  validateSearch: (search): { task?: string } => ({ task: textOf(search['task']) }),
  component: lazyRouteComponent(() => import('#features/imports/web/import-page.tsx'), 'ImportPage'),
});

const activity = createRoute({
  getParentRoute: () => org,
  path: 'activity',
  validateSearch: readActivitySearch,
  component: lazyRouteComponent(() => import('#features/history/web/activity-page.tsx'), 'ActivityPage'),
});

const audit = createRoute({
  getParentRoute: () => org,
  path: 'audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('#features/history/web/audit-page.tsx'), 'AuditPage'),
});

const outbox = createRoute({
  getParentRoute: () => org,
  path: 'outbox',
  validateSearch: readOutboxSearch,
  component: lazyRouteComponent(() => import('#features/messaging/web/outbox-page.tsx'), 'OutboxPage'),
});

const settings = createRoute({
  getParentRoute: () => org,
  path: 'settings',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/o/$org/settings/$part', params: { org: params.org, part: 'organisation' }, replace: true });
  },
});

const settingsPart = createRoute({
  getParentRoute: () => org,
  path: 'settings/$part',
  component: lazyRouteComponent(() => import('./pages/settings-page.tsx'), 'SettingsPage'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  validateSearch: (search): { token?: string } => ({ token: textOf(search['token']) }),
  component: lazyRouteComponent(
    () => import('#features/organisations/invitations/web/invitation-page.tsx'),
    'InvitationPage',
  ),
});

export const routeTree = root.addChildren([
  index,
  ...accountRoutes,
  operatorRoutes,
  welcome,
  invitation,
  org.addChildren([
    orgIndex,
    board,
    engagements,
    engagement,
    series,
    seriesTravel,
    myTravel,
    inquiries.addChildren([noInquiry, inquiry]),
    people,
    places,
    things,
    resource,
    find,
    contacts,
    contact,
    pipeline,
    files,
    roster,
    rankedLists,
    rankedList,
    reports,
    calls,
    openSeats,
    myCalls,
    myPay,
    door,
    stage,
    songs,
    tasks,
    forms,
    form,
    imports,
    activity,
    audit,
    outbox,
    settings,
    settingsPart,
  ]),
]);
