import { Link } from '@tanstack/react-router';
import { ApiError } from '#platform/client/client.ts';
import { Button } from '#platform/ui/button.tsx';
import { DoorFrame } from './door-frame.tsx';

/** Whether the server said that a mailed link was used before, or is too old. */
export function isUsedLink(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'link_invalid';
}

/** What a mailed link shows once it does nothing any more. */
export function UsedLink({
  to,
  action,
  children,
}: {
  to: '/sign-in' | '/sign-up' | '/reset-password' | '/account';
  action: string;
  children: string;
}) {
  return (
    <DoorFrame title="This link doesn’t work any more" description={children}>
      <Button asChild variant="primary" size="lg">
        <Link to={to}>{action}</Link>
      </Button>
    </DoorFrame>
  );
}
