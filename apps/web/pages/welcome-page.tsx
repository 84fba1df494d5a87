import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type * as z from 'zod';
import { engagementsApi } from '#features/engagements/web/engagement-queries.ts';
import { SeasonStart } from '#features/imports/web/season-start.tsx';
import { Button } from '#platform/ui/button.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { identity } from '#features/identity/contract.ts';
import { DoorFrame } from '#features/identity/web/door-frame.tsx';
import { OrganisationForm, type NewOrganisation } from '#features/identity/web/organisation-form.tsx';
import { NewPasswordInput } from '#features/identity/web/password-input.tsx';
import { identityApi, installationQuery, meQuery } from '#features/identity/web/session.ts';

const userForm = entityForm(identity.routes.setUp.body.shape.user);
type NewUser = z.output<typeof identity.routes.setUp.body.shape.user>;

/** The first visit: the owner, the organisation, the first data. Later it makes further organisations. */
export function WelcomePage() {
  const [user, setUser] = useState<NewUser | null>(null);
  const [made, setMade] = useState<NewOrganisation | null>(null);
  const installation = useQuery(installationQuery);
  const ready = installation.data?.ready ?? false;
  const me = useQuery({ ...meQuery, enabled: ready && !made, retry: false });
  const queries = useQueryClient();
  const navigate = useNavigate();

  if (made) return <FirstData organisation={made} />;
  if (installation.isPending || (ready && me.isPending)) return <DoorFrame title="Welcome">{null}</DoorFrame>;
  if (installation.error) {
    return (
      <DoorFrame title="Holdfast doesn’t answer">
        <ErrorNotice error={installation.error} onRetry={() => void installation.refetch()} />
      </DoorFrame>
    );
  }
  if (ready && !me.data) return <AlreadySetUp />;
  if (me.data?.session?.pending) return <Navigate to="/sign-in/factor" search={{ to: '/welcome' }} replace />;
  if (!ready && !user) {
    return (
      <DoorFrame
        title="Welcome to Holdfast"
        description="Nobody is here yet. Make your account; you will own this installation’s first organisation."
      >
        <UserForm onDone={setUser} />
      </DoorFrame>
    );
  }
  const create = async (organisation: NewOrganisation) => {
    const { slug } =
      ready || !user
        ? await identityApi.createOrganisation({ body: organisation })
        : await identityApi.setUp({ body: { user, organisation } }).catch(async (error: unknown) => {
            // Somebody else was first: then this page leads to signing in.
            await installation.refetch();
            throw error;
          });
    await queries.fetchQuery({ ...installationQuery, staleTime: 0 });
    await queries.fetchQuery({ ...meQuery, staleTime: 0 });
    setMade({ ...organisation, slug });
  };
  return (
    <DoorFrame
      title={ready ? 'New organisation' : 'Your organisation'}
      description="Everything you book lives in an organisation. All but the short name can be changed later."
      wide
    >
      <OrganisationForm onSubmit={create} onBack={ready ? () => void navigate({ to: '/' }) : () => setUser(null)} />
    </DoorFrame>
  );
}

/** Real data to look around in, or none. A season of the past is shown where it begins. */
function FirstData({ organisation: { slug, packs } }: { organisation: NewOrganisation }) {
  const navigate = useNavigate();
  const [started, setStarted] = useState(false);
  const openBoard = async () => {
    const { items } = await engagementsApi.list({ org: slug, query: { limit: 1 } });
    await navigate({ to: '/o/$org/board', params: { org: slug }, search: { at: items[0]?.startsAt } });
  };
  return (
    <DoorFrame
      title={started ? 'A real season, to look around in' : 'How do you want to begin?'}
      description={
        started ? 'From the orchestra’s public performance history.' : 'You can do the other one later, under Import.'
      }
      wide
    >
      <SeasonStart
        org={slug}
        proposed={packs.includes('orchestra')}
        onStart={() => setStarted(true)}
        onDone={() => void openBoard()}
      />
    </DoorFrame>
  );
}

function UserForm({ onDone }: { onDone: (user: NewUser) => void }) {
  return (
    <userForm.Form values={{}} onSubmit={async (user) => onDone(user)} action="Continue" size="lg">
      <userForm.Field name="name" label="Your name" autoFocus />
      <userForm.Field name="email" label="E-mail" hint="You sign in with it." />
      <userForm.Field name="password" label="Password">
        {(control) => <NewPasswordInput {...control} />}
      </userForm.Field>
    </userForm.Form>
  );
}

function AlreadySetUp() {
  return (
    <DoorFrame
      title="This installation is set up"
      description="Sign in to go on. If you have no account yet, ask an owner of your organisation to add you."
    >
      <Button asChild variant="primary" size="lg">
        <Link to="/sign-in">Sign in</Link>
      </Button>
    </DoorFrame>
  );
}
