import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { pathBack } from '#features/identity/web/session.ts';
import { begun, root, signedIn, textOf } from './root-route.ts';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { to?: string; why?: 'ended' | 'tries' | 'erased' } => {
    const { to, why } = search;
    return { to: textOf(to), ...(why === 'ended' || why === 'tries' || why === 'erased' ? { why } : {}) };
  },
  component: lazyRouteComponent(() => import('#features/identity/web/sign-in-page.tsx'), 'SignInPage'),
});

const factor = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/factor',
  validateSearch: (search): { to?: string } => ({ to: textOf(search['to']) }),
  beforeLoad: async ({ context: { queries }, search }) => {
    const { session } = await begun(queries, search.to);
    if (!session?.pending) throw redirect({ href: pathBack(search.to) ?? '/', replace: true });
  },
  component: lazyRouteComponent(() => import('#features/identity/web/factor-page.tsx'), 'FactorPage'),
});

const provider = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/with/$provider',
  component: lazyRouteComponent(() => import('#features/identity/web/provider-return-page.tsx'), 'ProviderReturnPage'),
});

const tokenOf = (search: Record<string, unknown>): { token?: string } => ({ token: textOf(search['token']) });

const signInLink = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/link',
  validateSearch: tokenOf,
  component: lazyRouteComponent(() => import('#features/identity/web/sign-in-link-page.tsx'), 'SignInLinkPage'),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  component: lazyRouteComponent(() => import('#features/identity/web/sign-up-page.tsx'), 'SignUpPage'),
});

const signUpLink = createRoute({
  getParentRoute: () => root,
  path: '/sign-up/link',
  validateSearch: tokenOf,
  component: lazyRouteComponent(() => import('#features/identity/web/sign-up-page.tsx'), 'SignUpLinkPage'),
});

const resetRequest = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('#features/identity/web/reset-password-page.tsx'), 'ResetRequestPage'),
});

const resetLink = createRoute({
  getParentRoute: () => root,
  path: '/reset-password/link',
  validateSearch: tokenOf,
  component: lazyRouteComponent(() => import('#features/identity/web/reset-password-page.tsx'), 'ResetPasswordPage'),
});

const emailLink = createRoute({
  getParentRoute: () => root,
  path: '/account/email/link',
  validateSearch: tokenOf,
  component: lazyRouteComponent(() => import('#features/identity/web/email-link-page.tsx'), 'EmailLinkPage'),
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  beforeLoad: ({ context: { queries }, location }) => signedIn(queries, location.href).then(() => undefined),
  component: lazyRouteComponent(() => import('#features/identity/web/account/account-page.tsx'), 'AccountPage'),
});

const orgOf = (search: Record<string, unknown>): { org?: string; to?: string } => ({
  org: textOf(search['org']),
  to: textOf(search['to']),
});

const secondFactor = createRoute({
  getParentRoute: () => root,
  path: '/second-factor',
  validateSearch: orgOf,
  beforeLoad: ({ context: { queries }, location }) => signedIn(queries, location.href).then(() => undefined),
  component: lazyRouteComponent(() => import('#features/identity/web/second-factor-page.tsx'), 'SecondFactorPage'),
});

const suspended = createRoute({
  getParentRoute: () => root,
  path: '/suspended',
  validateSearch: orgOf,
  beforeLoad: ({ context: { queries }, location }) => signedIn(queries, location.href).then(() => undefined),
  component: lazyRouteComponent(() => import('#features/identity/web/suspended-page.tsx'), 'SuspendedPage'),
});

const daySheet = createRoute({
  getParentRoute: () => root,
  path: '/day-sheet/$orgId/$token',
  component: lazyRouteComponent(() => import('#features/documents/web/day-sheet-page.tsx'), 'DaySheetPage'),
});

const unsubscribe = createRoute({
  getParentRoute: () => root,
  path: '/unsubscribe/$orgId/$token',
  component: lazyRouteComponent(() => import('#features/messaging/web/unsubscribe-page.tsx'), 'UnsubscribePage'),
});

const answer = createRoute({
  getParentRoute: () => root,
  path: '/answer/$orgId/$token',
  component: lazyRouteComponent(() => import('#features/calls/answers/web/answer-page.tsx'), 'AnswerPage'),
});

const publicForm = createRoute({
  getParentRoute: () => root,
  path: '/forms/$org/$slug',
  validateSearch: (search): { embed?: 1 } => (search['embed'] === 1 ? { embed: 1 } : {}),
  component: lazyRouteComponent(() => import('#features/intake/forms/web/filling/form-route.tsx'), 'FormRoute'),
});

const inquiryStatus = createRoute({
  getParentRoute: () => root,
  path: '/inquiry/$orgId/$token',
  component: lazyRouteComponent(() => import('#features/intake/inquiries/web/status-page.tsx'), 'StatusPage'),
});

const advance = createRoute({
  getParentRoute: () => root,
  path: '/advance/$orgId/$token',
  component: lazyRouteComponent(
    () => import('#features/engagements/advance/outside/web/advance-page.tsx'),
    'AdvancePage',
  ),
});

/** Signing in, what one keeps about oneself, and what mailed links open: pages of no organisation. */
export const accountRoutes = [
  signIn,
  factor,
  provider,
  signInLink,
  signUp,
  signUpLink,
  resetRequest,
  resetLink,
  emailLink,
  account,
  secondFactor,
  suspended,
  daySheet,
  unsubscribe,
  answer,
  advance,
  publicForm,
  inquiryStatus,
] as const;
