import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { CirclePause } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { GoBack } from './go-back.tsx';
import { DoorFooter, DoorFrame } from './door-frame.tsx';
import { meQuery } from './session.ts';

/** Nobody may work in this organisation for now: why, and what one can do. Opened again, it leads back by itself. */
export function SuspendedPage() {
  const { org, to } = useSearch({ from: '/suspended' });
  const { data: me, refetch, isFetching } = useQuery({ ...meQuery, staleTime: 0 });
  const organisation = me?.organisations.find(({ slug }) => slug === org);
  const others = me?.organisations.filter(({ slug, suspended }) => slug !== org && suspended === null) ?? [];
  if (me && !isFetching && organisation?.suspended == null) return <GoBack to={to} />;
  return (
    <DoorFrame
      title={`${organisation?.name ?? 'This organisation'} is suspended`}
      description="Nobody can work in it for now. Everything in it is kept."
    >
      {organisation?.suspended && (
        <p className="mb-5 flex gap-2.5 rounded-md bg-hold-soft px-3 py-2.5 text-sm text-on-hold-soft">
          <CirclePause aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 break-words">
            <span className="sr-only">Reason: </span>
            {organisation.suspended}
          </span>
        </p>
      )}
      <p className="mb-5 text-sm text-pretty text-ink-soft">
        {organisation?.role === 'owner'
          ? 'As an owner, ask whoever runs this installation to open it again.'
          : 'Ask an owner of the organisation what happened.'}
      </p>
      <DoorFooter>
        <Button variant="primary" size="lg" busy={isFetching} onClick={() => void refetch()}>
          Look again
        </Button>
        {others.map(({ slug, name }) => (
          <Button key={slug} asChild size="lg">
            <Link to="/o/$org" params={{ org: slug }} title={name} className="min-w-0">
              <span className="truncate">Go to {name}</span>
            </Link>
          </Button>
        ))}
        <Button asChild size="lg" variant="ghost">
          <Link to="/account">Your account</Link>
        </Button>
      </DoorFooter>
    </DoorFrame>
  );
}
