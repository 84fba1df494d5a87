import { AtSign, KeyRound, UserRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { account } from '../../account-contract.ts';
import { NewPasswordInput } from '../password-input.tsx';
import { accountApi, useAccountChange, type Account } from './account-queries.ts';
import { FactRow } from './fact-row.tsx';

const nameForm = entityForm(account.routes.changeName.body);
const emailForm = entityForm(account.routes.changeEmail.body);
const passwordForm = entityForm(account.routes.changePassword.body);

type Editing = 'name' | 'email' | 'password' | null;

/** Name, address and password. */
export function Profile({ account: own }: { account: Account }) {
  const [editing, setEditing] = useState<Editing>(null);
  const close = () => setEditing(null);
  const change = (what: Editing, label: string) => (
    <Button size="sm" aria-label={label} onClick={() => setEditing(what)}>
      {label.split(' ')[0]}
    </Button>
  );
  return (
    <Section title="Profile">
      <CardList label="Profile">
        <FactRow icon={UserRound} title={<Long>{own.name}</Long>} note="Your name, as colleagues see it.">
          {change('name', 'Change name')}
        </FactRow>
        <FactRow icon={AtSign} title={<Long>{own.email}</Long>} note="You sign in with it, and mail goes there.">
          {change('email', 'Change e-mail')}
        </FactRow>
        <FactRow
          icon={KeyRound}
          title={own.hasPassword ? 'Password' : 'No password'}
          note={own.hasPassword ? 'One way to sign in.' : 'You sign in without one. You can set one as well.'}
        >
          {change('password', own.hasPassword ? 'Change password' : 'Set password')}
        </FactRow>
      </CardList>
      <NameDialog open={editing === 'name'} name={own.name} onClose={close} />
      <EmailDialog open={editing === 'email'} onClose={close} />
      <PasswordDialog open={editing === 'password'} has={own.hasPassword} onClose={close} />
    </Section>
  );
}

function Long({ children }: { children: string }) {
  return (
    <span className="truncate" title={children}>
      {children}
    </span>
  );
}

interface EditProps {
  open: boolean;
  onClose: () => void;
}

function NameDialog({ open, name, onClose }: EditProps & { name: string }) {
  const change = useAccountChange((body: { name: string }) => accountApi.changeName({ body }));
  const submit = async (body: { name: string }) => {
    await change.mutateAsync(body);
    onClose();
  };
  return (
    <Dialog open={open} onOpenChange={onClose} title="Change your name" size="sm">
      <nameForm.Form values={{ name }} onSubmit={submit} onCancel={onClose} action="Save" footer={DialogFooter}>
        <nameForm.Field name="name" label="Name" autoFocus />
      </nameForm.Form>
    </Dialog>
  );
}

function EmailDialog({ open, onClose }: EditProps) {
  const toast = useToast();
  const submit = async (body: { email: string }) => {
    await accountApi.changeEmail({ body });
    onClose();
    toast({ tone: 'good', title: 'Look into your mail', detail: `A link to confirm went to ${body.email}.` });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title="Change your e-mail address"
      description="We mail a link to the new address; it becomes yours when you open the link. The old one is told."
      size="sm"
    >
      <emailForm.Form values={{}} onSubmit={submit} onCancel={onClose} action="Mail the link" footer={DialogFooter}>
        <emailForm.Field name="email" label="New e-mail" autoFocus />
      </emailForm.Form>
    </Dialog>
  );
}

function PasswordDialog({ open, has, onClose }: EditProps & { has: boolean }) {
  const toast = useToast();
  const change = useAccountChange((body: { password: string }) => accountApi.changePassword({ body }));
  const submit = async (body: { password: string }) => {
    await change.mutateAsync(body);
    onClose();
    toast({ tone: 'good', title: has ? 'Your password is changed' : 'Your password is set' });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={has ? 'Change your password' : 'Set a password'}
      description="All your other devices are signed out."
      size="sm"
    >
      <passwordForm.Form values={{}} onSubmit={submit} onCancel={onClose} action="Save" footer={DialogFooter}>
        <passwordForm.Field name="password" label="New password">
          {(control) => <NewPasswordInput {...control} autoFocus />}
        </passwordForm.Field>
      </passwordForm.Form>
    </Dialog>
  );
}
