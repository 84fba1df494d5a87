import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { YourData } from '#features/privacy/web/your-data.tsx';
import { AccountFrame } from './account-frame.tsx';
import { accountQuery } from './account-queries.ts';
import { Authenticator } from './authenticator.tsx';
import { Devices } from './devices.tsx';
import { Passkeys } from './passkeys.tsx';
import { Profile } from './profile.tsx';
import { Providers } from './providers.tsx';
import { SignInLog } from './sign-in-log.tsx';

/** One's own account, the same in every organisation. */
export function AccountPage() {
  const { data, error, refetch } = useQuery(accountQuery);
  return (
    <AccountFrame>
      <PageHeader title="Your account" description="The same in every organisation that you belong to." />
      <div className="grid grid-cols-1 divide-y divide-line px-4 pt-3 pb-16 sm:px-6">
        {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {!data && !error && <SkeletonRows rows={6} />}
        {data && (
          <>
            <Profile account={data} />
            <Authenticator account={data} />
            <Passkeys account={data} />
            <Providers account={data} />
            <Devices />
            <SignInLog />
            <YourData />
          </>
        )}
      </div>
    </AccountFrame>
  );
}
