import { leaveFor } from '#platform/client/who-asks.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { signInApi } from './sign-in-api.ts';

/** Signs out of this device. */
export function useSignOut(): () => Promise<void> {
  const toast = useToast();
  return async () => {
    try {
      await signInApi.signOut({});
      leaveFor('/sign-in');
    } catch (error) {
      toast({ tone: 'danger', title: 'You are still signed in', detail: errorText(error) });
    }
  };
}
