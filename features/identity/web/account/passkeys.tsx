import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { formatAgo, formatTime } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog, Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { account } from '../../account-contract.ts';
import { passkeysKnown } from '../passkey.ts';
import { accountApi, deviceZone, useAccountChange, type Account, type Passkey } from './account-queries.ts';
import { FactRow } from './fact-row.tsx';
import { AddPasskeyDialog } from './add-passkey-dialog.tsx';

const renameForm = entityForm(account.routes.renamePasskey.body);

/** Passkeys: fingerprint, face or a security key in place of password and code. */
export function Passkeys({ account: own }: { account: Account }) {
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title="Passkeys"
      description="Sign in with your fingerprint, your face, the device’s PIN or a security key. A passkey needs no password and no code."
      actions={
        passkeysKnown && (
          <Button size="sm" onClick={() => setAdding(true)}>
            <Plus aria-hidden /> Add a passkey
          </Button>
        )
      }
    >
      {own.passkeys.length === 0 ? (
        <p className="text-sm text-ink-faint">{passkeysKnown ? 'None yet.' : 'This browser doesn’t know passkeys.'}</p>
      ) : (
        <CardList label="Passkeys">
          {own.passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} />
          ))}
        </CardList>
      )}
      <AddPasskeyDialog open={adding} onClose={() => setAdding(false)} />
    </Section>
  );
}

function PasskeyRow({ passkey }: { passkey: Passkey }) {
  const [asking, setAsking] = useState<'rename' | 'remove' | null>(null);
  const toast = useToast();
  const close = () => setAsking(null);
  const params = { id: passkey.id };
  const rename = useAccountChange((body: { name: string }) => accountApi.renamePasskey({ params, body }));
  const remove = useAccountChange(() => accountApi.removePasskey({ params }));
  const used = passkey.lastUsedAt ? `used ${formatAgo(passkey.lastUsedAt)}` : 'not used yet';
  const where = passkey.backedUp ? 'on your devices that share it' : 'on one device only';
  return (
    <FactRow
      icon={KeyRound}
      title={
        <span className="truncate" title={passkey.name}>
          {passkey.name}
        </span>
      }
      note={`Made ${formatTime(passkey.createdAt, deviceZone, 'date')}, ${where}, ${used}.`}
    >
      <Button size="sm" variant="ghost" aria-label={`Rename ${passkey.name}`} onClick={() => setAsking('rename')}>
        Rename
      </Button>
      <Button
        size="sm"
        variant="danger-ghost"
        aria-label={`Remove ${passkey.name}`}
        onClick={() => setAsking('remove')}
      >
        Remove
      </Button>
      <Dialog open={asking === 'rename'} onOpenChange={close} title="Rename the passkey" size="sm">
        <renameForm.Form
          values={{ name: passkey.name }}
          onSubmit={(body) => rename.mutateAsync(body).then(close)}
          onCancel={close}
          action="Save"
          footer={DialogFooter}
        >
          <renameForm.Field name="name" label="Name" autoFocus />
        </renameForm.Form>
      </Dialog>
      <ConfirmDialog
        open={asking === 'remove'}
        onOpenChange={close}
        title={`Remove ${passkey.name}?`}
        description="It signs nobody in any more, and other devices that came in by a passkey are signed out. Delete it on the device too, or it goes on offering it."
        action="Remove passkey"
        onConfirm={() =>
          remove
            .mutateAsync()
            .catch((error: unknown) =>
              toast({ tone: 'danger', title: 'The passkey still works', detail: errorText(error) }),
            )
        }
      />
    </FactRow>
  );
}
