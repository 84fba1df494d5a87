import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ApiError } from '#platform/client/client.ts';
import type { RouteOutput } from '#platform/contract/contract.ts';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { DoorFooter, DoorFrame } from '#features/identity/web/door-frame.tsx';
import { meQuery } from '#features/identity/web/session.ts';
import { signInApi } from '#features/identity/web/sign-in-api.ts';
import { useAttempt } from '#features/identity/web/use-attempt.ts';
import type { invitations } from '../contract.ts';
import { invitationQuery, invitationsApi } from './invitation-queries.ts';
import { JoinForm } from './join-form.tsx';

type Invited = RouteOutput<typeof invitations.routes.look>;

/** Where the mail of an invitation leads. Looking changes nothing; a button or a form accepts. */
export function InvitationPage() {
  const { token = '' } = useSearch({ from: '/invitation' });
  const { data, error, refetch, isLoading } = useQuery({ ...invitationQuery(token), enabled: token !== '' });
  const me = useQuery({ ...meQuery, retry: false });
  if (!token || (error instanceof ApiError && error.code === 'invitation_invalid')) return <Over />;
  if (error) {
    return (
      <DoorFrame title="Your invitation">
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </DoorFrame>
    );
  }
  if (!data || isLoading || me.isPending) {
    return (
      <DoorFrame title="Your invitation">
        <SkeletonRows rows={3} />
      </DoorFrame>
    );
  }
  const signedInAs = me.data?.user ?? null;
  return (
    <DoorFrame title={`Join ${data.organisation}`} description={<Sentence invited={data} />}>
      {signedInAs?.email === data.email && <Accept token={token} invited={data} name={signedInAs.name} />}
      {signedInAs && signedInAs.email !== data.email && (
        <SomebodyElse token={token} email={data.email} as={signedInAs.email} />
      )}
      {!signedInAs && data.hasAccount && <SignInFirst token={token} email={data.email} />}
      {!signedInAs && !data.hasAccount && <JoinForm token={token} email={data.email} />}
    </DoorFrame>
  );
}

function Sentence({ invited: { invitedBy, organisation, roleName } }: { invited: Invited }) {
  return (
    <>
      {invitedBy ? `${invitedBy} invites you` : 'You are invited'} to work with {organisation} on Holdfast, as{' '}
      {roleName}.
    </>
  );
}

function Over() {
  return (
    <DoorFrame
      title="This invitation doesn’t work any more"
      description="It was used already, withdrawn, or has expired. Ask whoever invited you for a new one."
    >
      <Button asChild variant="primary" size="lg">
        <Link to="/">Go to the start</Link>
      </Button>
    </DoorFrame>
  );
}

function Accept({ token, invited, name }: { token: string; invited: Invited; name: string }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const accept = useAttempt(async () => {
    const { slug } = await invitationsApi.accept({ body: { token } });
    await queries.invalidateQueries({ queryKey: ['me'] });
    await navigate({ to: '/o/$org', params: { org: slug }, replace: true });
  });
  return (
    <DoorFooter>
      {accept.error !== null && <ErrorNotice error={accept.error} />}
      <Button variant="primary" size="lg" busy={accept.busy} onClick={() => accept.run()} autoFocus className="min-w-0">
        <span className="truncate">Join {invited.organisation}</span>
      </Button>
      <p className="text-sm break-words text-ink-soft">
        You are signed in as {name}, {invited.email}.
      </p>
    </DoorFooter>
  );
}

function SignInFirst({ token, email }: { token: string; email: string }) {
  return (
    <DoorFooter>
      <p className="text-sm break-words text-ink-soft">{email} has an account. Sign in, and you come back here.</p>
      <Button asChild variant="primary" size="lg">
        <Link to="/sign-in" search={{ to: pageOf(token) }}>
          Sign in
        </Link>
      </Button>
    </DoorFooter>
  );
}

function SomebodyElse({ token, email, as }: { token: string; email: string; as: string }) {
  const queries = useQueryClient();
  const signOut = useAttempt(async () => {
    await signInApi.signOut({});
    queries.clear();
    location.assign(pageOf(token));
  });
  return (
    <DoorFooter>
      {signOut.error !== null && <ErrorNotice error={signOut.error} />}
      <p className="text-sm break-words text-ink-soft">
        The invitation is for {email}; you are signed in as {as}. Sign out, then go on with that address.
      </p>
      <Button variant="primary" size="lg" busy={signOut.busy} onClick={() => signOut.run()}>
        Sign out
      </Button>
      <Button asChild size="lg">
        <Link to="/">Stay signed in</Link>
      </Button>
    </DoorFooter>
  );
}

/** This page's own address. */
export function pageOf(token: string): string {
  return `/invitation?token=${encodeURIComponent(token)}`;
}
