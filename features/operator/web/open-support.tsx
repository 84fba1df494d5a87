import type * as z from 'zod';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useChange } from '#platform/client/use-change.ts';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { support } from '../support-contract.ts';
import { supportApi } from './support-queries.ts';

type NewGrant = z.output<typeof support.routes.open.body>;

const form = entityForm(support.routes.open.body);

const durations = [
  { value: '1', label: '1 hour' },
  { value: '4', label: '4 hours' },
  { value: '24', label: '1 day' },
  { value: '72', label: '3 days' },
  { value: '168', label: '1 week' },
] as const;

const levels = [
  { value: 'read', label: 'Look only', hint: 'They can change nothing.' },
  { value: 'change', label: 'Look and change', hint: 'As a manager could, but for people and settings.' },
] as const;

/** Lets the operators in. Asks for a proof of who is there first, where the last one is a while ago. */
export function OpenSupport({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const org = useOrg();
  const toast = useToast();
  const grant = useChange(org.slug, ['support_grants'], (body: NewGrant, call) =>
    supportApi.open({ org: org.slug, body }, call),
  );
  const close = () => onOpenChange(false);
  const submit = async (body: NewGrant) => {
    await grant.mutateAsync(body);
    close();
    toast({ tone: 'good', title: `${org.name} is open to support` });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Open to support"
      description={`Those who run this installation can then enter ${org.name} until the time is over.`}
    >
      <form.Form
        values={{ level: 'read', hours: 24 }}
        onSubmit={submit}
        onCancel={close}
        action="Open to support"
        footer={DialogFooter}
      >
        <form.Field
          name="purpose"
          label="What for"
          hint="They read this, and so does everybody in the audit trail."
          autoFocus
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <form.Field name="level" label="They may">
            {(control) => <Select {...control} options={levels} />}
          </form.Field>
          <form.Field name="hours" label="For">
            {({ value, onValue, ...control }) => (
              <Select
                {...control}
                value={durations.find((duration) => duration.value === String(value))?.value ?? null}
                onValue={(hours) => onValue(Number(hours))}
                options={durations}
              />
            )}
          </form.Field>
        </div>
      </form.Form>
    </Dialog>
  );
}
