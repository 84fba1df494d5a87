import { Link } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';

/** A page of the organisation that the reader's role doesn't open. */
export function NotForYou() {
  const org = useOrg();
  return (
    <EmptyState
      icon={Lock}
      title="This page isn’t for your role"
      actions={
        <Button asChild variant="primary">
          <Link to="/o/$org" params={{ org: org.slug }}>
            Go to what you see
          </Link>
        </Button>
      }
    >
      Your role in {org.name} is “{org.roleName}”. An owner can give you a role that opens it.
    </EmptyState>
  );
}
