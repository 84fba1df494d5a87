import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import * as z from 'zod';
import { CurrencyPicker } from '#platform/ui/currency-picker.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue } from '#platform/ui/entity-form.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { Select } from '#platform/ui/select.tsx';
import { ZonePicker } from '#platform/ui/zone-picker.tsx';
import { organisationInput } from '#features/identity/contract.ts';
import { PackPicker } from '#features/organisations/web/pack-picker.tsx';
import { operator } from '../contract.ts';
import { operatorApi, plansQuery, useAct } from './operator-queries.ts';

/** What the API takes, with the place as two plain fields. */
const fields = z.strictObject({
  ...organisationInput,
  plan: operator.routes.createOrganisation.body.shape.plan,
  ownerEmail: operator.routes.createOrganisation.body.shape.ownerEmail,
  place: z.enum(['shared', 'dedicated']).default('shared'),
  server: z.string().trim().max(2_000).nullable().default(null),
});

const form = entityForm(fields);

/** Makes an organisation; its page then shows how far it is. */
export function NewOrganisation({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const navigate = useNavigate();
  const { data: plans } = useQuery({ ...plansQuery, enabled: open });
  const create = useAct((body: Parameters<typeof operatorApi.createOrganisation>[0]['body']) =>
    operatorApi.createOrganisation({ body }),
  );
  const close = () => onOpenChange(false);
  const submit = async ({ place, server, ...organisation }: z.output<typeof fields>) => {
    const dedicated = { kind: 'dedicated' as const, ...(server && { server }) };
    await create.mutateAsync({ ...organisation, placement: place === 'shared' ? { kind: 'shared' } : dedicated });
    close();
    await navigate({ to: '/operator/operations' });
  };
  const options = (plans?.items ?? []).map(({ name, title }) => ({ value: name, label: title }));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="New organisation" as="panel">
      <form.Form
        values={{ zone, packs: ['venue'] }}
        onSubmit={submit}
        onCancel={close}
        action="Make organisation"
        footer={DialogFooter}
      >
        <form.Field name="name" label="Name" autoFocus />
        <form.Field name="slug" label="Short name" hint="In addresses: small letters, digits and hyphens." />
        <form.Field
          name="ownerEmail"
          label="Owner’s e-mail"
          hint="Somebody who has an account here. Without one, nobody belongs to it yet."
        />
        <form.Field name="packs" label="Kinds of work" group hint="The first chosen gives the words.">
          {({ value, onValue, 'aria-describedby': describedBy }) => (
            <PackPicker aria-describedby={describedBy} value={value} onValue={onValue} />
          )}
        </form.Field>
        <form.Field name="zone" label="Time zone">
          {(control) => <ZonePicker {...control} onValue={(value) => value && control.onValue(value)} />}
        </form.Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <form.Field name="currency" label="Currency">
            {(control) => <CurrencyPicker {...control} onValue={(value) => value && control.onValue(value)} />}
          </form.Field>
          <form.Field name="plan" label="Plan">
            {(control) => <Select {...control} options={options} />}
          </form.Field>
        </div>
        <form.Field name="place" label="Lives in" group>
          {({ value, onValue }) => (
            <Segmented
              label="Lives in"
              value={value}
              onValue={onValue}
              options={[
                { value: 'shared', label: 'A shared database' },
                { value: 'dedicated', label: 'A database of its own' },
              ]}
            />
          )}
        </form.Field>
        <Server />
      </form.Form>
    </Dialog>
  );
}

function Server() {
  const [place] = useFormValue('place');
  if (place !== 'dedicated') return null;
  return (
    <form.Field
      name="server"
      label="Server"
      hint="Empty: the server of this installation. Else postgres://user:password@host, of a user who may create databases and roles. It is kept encrypted."
    />
  );
}
