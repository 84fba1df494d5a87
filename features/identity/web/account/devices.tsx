import { useQuery } from '@tanstack/react-query';
import { Laptop, Smartphone } from 'lucide-react';
import { useState } from 'react';
import { formatAgo, formatTime } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { accountApi, deviceZone, devicesQuery, useAccountChange, type Device } from './account-queries.ts';
import { FactRow } from './fact-row.tsx';

/** Where one is signed in, and the way to end it. */
export function Devices() {
  const { data, error, refetch } = useQuery(devicesQuery);
  const [ending, setEnding] = useState<Device | 'others' | null>(null);
  const toast = useToast();
  const end = useAccountChange((which: Device | 'others') =>
    which === 'others' ? accountApi.endOtherDevices({}) : accountApi.endDevice({ params: { id: which.id } }),
  );
  const confirm = (which: Device | 'others') =>
    end
      .mutateAsync(which)
      .catch((failure: unknown) =>
        toast({ tone: 'danger', title: 'Still signed in there', detail: errorText(failure) }),
      );
  const others = data?.items.filter(({ current }) => !current).length ?? 0;
  return (
    <Section
      title="Devices"
      description="Where you are signed in. If you don’t know one, sign it out and change your password."
      actions={
        others > 0 && (
          <Button size="sm" onClick={() => setEnding('others')}>
            Sign out all others
          </Button>
        )
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={2} />}
      {data && (
        <CardList label="Devices">
          {data.items.map((device) => (
            <DeviceRow key={device.id} device={device} onEnd={() => setEnding(device)} />
          ))}
        </CardList>
      )}
      <ConfirmDialog
        open={ending !== null}
        onOpenChange={() => setEnding(null)}
        title={ending === 'others' ? 'Sign out all other devices?' : `Sign out ${ending?.device ?? 'this device'}?`}
        description="What is open there ends within five seconds. Nothing that was saved is lost."
        action="Sign out"
        onConfirm={() => (ending ? confirm(ending) : Promise.resolve())}
      />
    </Section>
  );
}

const ways: Readonly<Record<Device['way'], string>> = {
  password: 'by password',
  link: 'by mailed link',
  oidc: 'by another account',
  passkey: 'by passkey',
  invitation: 'by invitation',
};

function DeviceRow({ device, onEnd }: { device: Device; onEnd: () => void }) {
  const handheld = /iphone|ipad|ios|android/i.test(device.device);
  const seen = device.current ? 'Active now' : `Last seen ${formatAgo(device.lastSeenAt)}`;
  const signedIn = `signed in ${ways[device.way]} on ${formatTime(device.createdAt, deviceZone, 'dateTime')}`;
  return (
    <FactRow
      icon={handheld ? Smartphone : Laptop}
      title={
        <>
          <span className="truncate" title={device.device}>
            {device.device}
          </span>
          {device.current && <Badge tone="accent">This device</Badge>}
          {device.pending && <Badge tone="hold">Code not entered yet</Badge>}
        </>
      }
      note={`${seen}${device.address ? ` at ${device.address}` : ''}, ${signedIn}.`}
    >
      {!device.current && (
        <Button size="sm" variant="danger-ghost" aria-label={`Sign out ${device.device}`} onClick={onEnd}>
          Sign out
        </Button>
      )}
    </FactRow>
  );
}
