import { Globe } from 'lucide-react';
import { useState } from 'react';
import { formatTime } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog } from '#platform/ui/dialog.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { accountApi, deviceZone, useAccountChange, type Account } from './account-queries.ts';
import { FactRow } from './fact-row.tsx';

type Provider = Account['providers'][number];

/** Other places where one may sign in. Nothing is shown where the installation knows none. */
export function Providers({ account }: { account: Account }) {
  if (account.providers.length === 0) return null;
  return (
    <Section title="Connected accounts" description="Sign in with an account that you have elsewhere.">
      <CardList label="Connected accounts">
        {account.providers.map((provider) => (
          <ProviderRow key={provider.connection ?? provider.provider} provider={provider} />
        ))}
      </CardList>
    </Section>
  );
}

function ProviderRow({ provider: { provider, name, connection, since } }: { provider: Provider }) {
  const [asking, setAsking] = useState(false);
  const toast = useToast();
  const failed = (title: string) => (error: unknown) => toast({ tone: 'danger', title, detail: errorText(error) });
  const connect = useAccountChange(() => accountApi.connectProvider({ params: { provider } }));
  const disconnect = useAccountChange((id: string) => accountApi.disconnectProvider({ params: { id } }));
  const begin = () =>
    connect.mutate(undefined, {
      onSuccess: ({ url }) => location.assign(url),
      onError: failed(`${name} isn’t connected`),
    });
  return (
    <FactRow
      icon={Globe}
      title={
        <span className="truncate" title={name}>
          {name}
        </span>
      }
      note={since ? `Connected since ${formatTime(since, deviceZone, 'date')}.` : 'Not connected.'}
    >
      {connection ? (
        <Button size="sm" variant="danger-ghost" aria-label={`Disconnect ${name}`} onClick={() => setAsking(true)}>
          Disconnect
        </Button>
      ) : (
        <Button size="sm" aria-label={`Connect ${name}`} busy={connect.isPending} onClick={begin}>
          Connect
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Disconnect ${name}?`}
        description="It signs you in no more. Your other ways of signing in stay."
        action="Disconnect"
        onConfirm={() => disconnect.mutateAsync(connection ?? '').catch(failed(`${name} is still connected`))}
      />
    </FactRow>
  );
}
