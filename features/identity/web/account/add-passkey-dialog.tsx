import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { account } from '../../account-contract.ts';
import { makePasskey } from '../passkey.ts';
import { accountApi, useAccountChange } from './account-queries.ts';

const form = entityForm(account.routes.renamePasskey.body);

interface AddProps {
  open: boolean;
  onClose: () => void;
  onAdded?: () => void;
}

/** Asks for a name first: once the browser has made the passkey, it must be kept at once. */
export function AddPasskeyDialog({ open, onClose, onAdded }: AddProps) {
  const toast = useToast();
  const add = useAccountChange(async ({ name }: { name: string }) => {
    const { options } = await accountApi.startPasskey({});
    return accountApi.addPasskey({ body: { name, response: await makePasskey(options) } });
  });
  const submit = async (body: { name: string }) => {
    await add.mutateAsync(body);
    onClose();
    toast({ tone: 'good', title: 'The passkey is added', detail: 'Next time, sign in with it.' });
    onAdded?.();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title="Add a passkey"
      description="Your browser asks where to keep it."
      size="sm"
    >
      <form.Form
        values={{ name: deviceName(navigator.userAgent) }}
        onSubmit={submit}
        onCancel={onClose}
        action="Continue"
        footer={DialogFooter}
      >
        <form.Field name="name" label="Name" hint="To know it again among others." autoFocus />
      </form.Form>
    </Dialog>
  );
}

const kinds: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android phone'],
  [/Macintosh/, 'Mac'],
  [/Windows/, 'Windows PC'],
  [/CrOS/, 'Chromebook'],
  [/Linux/, 'Linux PC'],
];

/** A first guess at what this device is called. */
function deviceName(userAgent: string): string {
  return kinds.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'Passkey';
}
