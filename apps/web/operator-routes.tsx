import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { root, signedIn, textOf } from './root-route.ts';

const console = createRoute({
  getParentRoute: () => root,
  path: '/operator',
  beforeLoad: async ({ context: { queries }, location }) => {
    const { user } = await signedIn(queries, location.href);
    if (!user?.operator) throw notFound();
  },
  component: lazyRouteComponent(() => import('#features/operator/web/operator-shell.tsx'), 'OperatorShell'),
});

const index = createRoute({
  getParentRoute: () => console,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/operator/organisations', replace: true });
  },
});

const standings = ['active', 'suspended', 'closed'] as const;

const organisations = createRoute({
  getParentRoute: () => console,
  path: 'organisations',
  validateSearch: (search): { q?: string; status?: (typeof standings)[number]; database?: string } => ({
    q: textOf(search['q']),
    status: standings.find((standing) => standing === search['status']),
    database: textOf(search['database']),
  }),
  component: lazyRouteComponent(() => import('#features/operator/web/organisations-page.tsx'), 'OrganisationsPage'),
});

const organisation = createRoute({
  getParentRoute: () => console,
  path: 'organisations/$id',
  component: lazyRouteComponent(() => import('#features/operator/web/organisation-page.tsx'), 'OrganisationPage'),
});

const databases = createRoute({
  getParentRoute: () => console,
  path: 'databases',
  component: lazyRouteComponent(() => import('#features/operator/web/databases-page.tsx'), 'DatabasesPage'),
});

const migrations = createRoute({
  getParentRoute: () => console,
  path: 'migrations',
  component: lazyRouteComponent(() => import('#features/operator/web/migrations-page.tsx'), 'MigrationsPage'),
});

const operations = createRoute({
  getParentRoute: () => console,
  path: 'operations',
  component: lazyRouteComponent(() => import('#features/operator/web/operations-page.tsx'), 'OperationsPage'),
});

const signIns = createRoute({
  getParentRoute: () => console,
  path: 'sign-ins',
  validateSearch: (search): { q?: string; outcome?: string } => ({
    q: textOf(search['q']),
    outcome: textOf(search['outcome']),
  }),
  component: lazyRouteComponent(() => import('#features/operator/web/sign-ins-page.tsx'), 'SignInsPage'),
});

const routing = createRoute({
  getParentRoute: () => console,
  path: 'routing',
  validateSearch: (search): { event?: string } => ({ event: textOf(search['event']) }),
  component: lazyRouteComponent(() => import('#features/operator/web/routing-page.tsx'), 'RoutingPage'),
});

const log = createRoute({
  getParentRoute: () => console,
  path: 'log',
  component: lazyRouteComponent(() => import('#features/operator/web/log-page.tsx'), 'LogPage'),
});

/** The console of who runs the installation: pages of no organisation. */
export const operatorRoutes = console.addChildren([
  index,
  organisations,
  organisation,
  databases,
  migrations,
  operations,
  signIns,
  routing,
  log,
]);
