import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  notFound,
  redirect,
} from '@tanstack/react-router';
import { ApiError } from '#platform/client/client.ts';
import { installationQuery, lastOrganisation, meQuery, rememberOrganisation } from '#features/identity/web/session.ts';
import { readEngagementSearch } from '#features/engagements/web/engagement-search.ts';
import { readBoardSearch } from '#features/scheduling/claims/web/board-search.ts';
import { readFindSearch } from '#features/scheduling/find/web/find-search.ts';
import { readResourceSearch } from '#features/scheduling/resources/web/resource-search.ts';
import { NotFound } from './shell/route-error.tsx';

/** Search parameters are read by plain functions: a schema library here would be loaded before anything shows. */
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ notFoundComponent: NotFound });

/** The start: the organisation last looked at, or whatever must come first. */
const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context: { queries } }) => {
    const { ready } = await queries.ensureQueryData(installationQuery);
    if (!ready) throw redirect({ to: '/welcome', replace: true });
    const { organisations } = await signedIn(queries, '/');
    const last = organisations.find(({ slug }) => slug === lastOrganisation()) ?? organisations[0];
    if (!last) throw redirect({ to: '/welcome', replace: true });
    throw redirect({ to: '/o/$org', params: { org: last.slug }, replace: true });
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { to?: string } => ({ to: textOf(search['to']) }),
  component: lazyRouteComponent(() => import('#features/identity/web/sign-in-page.tsx'), 'SignInPage'),
});

const signInLink = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/link',
  validateSearch: (search): { token?: string } => ({ token: textOf(search['token']) }),
  component: lazyRouteComponent(() => import('#features/identity/web/sign-in-link-page.tsx'), 'SignInLinkPage'),
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
    if (!organisations.some(({ slug }) => slug === params.org)) throw notFound();
    rememberOrganisation(params.org);
  },
  component: lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell'),
});

const orgIndex = createRoute({
  getParentRoute: () => org,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/o/$org/board', params, replace: true });
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
  component: lazyRouteComponent(() => import('#features/engagements/web/engagement-page.tsx'), 'EngagementPage'),
});

const series = createRoute({
  getParentRoute: () => org,
  path: 'series',
  validateSearch: (search): { q?: string } => ({ q: textOf(search['q']) }),
  component: lazyRouteComponent(() => import('#features/engagements/web/series-list.tsx'), 'SeriesList'),
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
  validateSearch: (search): { q?: string } => ({ q: textOf(search['q']) }),
  component: lazyRouteComponent(() => import('#features/parties/web/contacts-page.tsx'), 'ContactsPage'),
});

const imports = createRoute({
  getParentRoute: () => org,
  path: 'import',
  validateSearch: (search): { task?: string } => ({ task: textOf(search['task']) }),
  component: lazyRouteComponent(() => import('#features/imports/web/import-page.tsx'), 'ImportPage'),
});

const settings = createRoute({
  getParentRoute: () => org,
  path: 'settings',
  component: lazyRouteComponent(() => import('./pages/settings-page.tsx'), 'SettingsPage'),
});

export const routeTree = root.addChildren([
  index,
  signIn,
  signInLink,
  welcome,
  org.addChildren([
    orgIndex,
    board,
    engagements,
    engagement,
    series,
    people,
    places,
    things,
    resource,
    find,
    contacts,
    imports,
    settings,
  ]),
]);

/** Who is signed in, or the way to sign in and back. */
async function signedIn(queries: QueryClient, back: string) {
  try {
    return await queries.ensureQueryData(meQuery);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'unauthenticated')
      throw redirect({ to: '/sign-in', search: { to: back }, replace: true });
    throw error;
  }
}
