import { useMutation } from '@tanstack/react-query';
import { Download, UserX } from 'lucide-react';
import { useState } from 'react';
import { createClient } from '#platform/client/client.ts';
import { Button } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { FactRow } from '#features/identity/web/account/fact-row.tsx';
import { privacy, type PersonalExport } from '../contract.ts';
import { EraseAccount } from './erase-account.tsx';

const privacyApi = createClient(privacy);

/** On the account's page: everything to take along, and the end of the account. */
export function YourData() {
  const toast = useToast();
  const [erasing, setErasing] = useState(false);
  const download = useMutation({
    mutationFn: () => privacyApi.export({}),
    onSuccess: (data) => {
      save(data);
      const missing = data.organisations.filter(({ problem }) => problem !== null).map(({ name }) => name);
      if (missing.length > 0)
        toast({
          tone: 'danger',
          title: 'Some of your data is missing',
          detail: `${missing.join(', ')} can’t be reached right now. The file says so; try again later.`,
        });
      else toast({ tone: 'good', title: 'Your data is saved as a file' });
    },
    onError: (failure) => toast({ tone: 'danger', title: 'Nothing was saved', detail: errorText(failure) }),
  });
  return (
    <Section title="Your data" description="What Holdfast keeps about you, in every organisation that you belong to.">
      <CardList label="Your data">
        <FactRow
          icon={Download}
          title="Download everything"
          note="One JSON file: account, sign-ins, invitations, and in each organisation your bookings, time off and personal details."
        >
          <Button size="sm" busy={download.isPending} onClick={() => download.mutate()}>
            Download
          </Button>
        </FactRow>
        <FactRow icon={UserX} title="Erase your account" note="For good, in all organisations. It can’t be undone.">
          <Button size="sm" variant="danger-ghost" onClick={() => setErasing(true)}>
            Erase account
          </Button>
        </FactRow>
      </CardList>
      <EraseAccount open={erasing} onOpenChange={setErasing} />
    </Section>
  );
}

function save(data: PersonalExport): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `holdfast-${data.madeAt.slice(0, 10)}.json`;
  link.click();
  // After the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
