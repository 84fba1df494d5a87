import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { email } from '#platform/contract/fields.ts';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { engagementQuery } from '#features/engagements/web/engagement-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { advance } from '../contract.ts';
import { advanceApi, advanceTables } from './advance-queries.ts';

const sent = advance.routes.send.body;
const { Form, Field } = entityForm(sent);
type Sent = z.output<typeof sent>;

const somebodyElse = 'else';

/** Mails somebody of the other side a link of their own. */
export function SendAdvance({ engagementId, onDone }: { engagementId: string; onDone: () => void }) {
  const org = useOrg();
  const { data } = useQuery(engagementQuery(org.slug, engagementId));
  const [partyId, setPartyId] = useState<string | null>(null);
  // Each contact once, in whichever roles, and only those who can be reached.
  const reachable = [...new Map((data?.parties ?? []).map((party) => [party.partyId, party])).values()].filter(
    (party) => email.safeParse(party.email).success,
  );
  const chosen = reachable.find((party) => party.partyId === partyId);
  return (
    <>
      {reachable.length > 0 && (
        <FieldFrame label="To" className="pb-4">
          {(control) => (
            <Select
              {...control}
              value={partyId ?? somebodyElse}
              onValue={(value) => setPartyId(value === somebodyElse ? null : value)}
              options={[
                ...reachable.map((party) => ({ value: party.partyId, label: party.name, hint: party.role })),
                { value: somebodyElse, label: 'Somebody else…' },
              ]}
            />
          )}
        </FieldFrame>
      )}
      <Letter
        key={partyId}
        values={{ partyId, name: chosen?.name ?? '', email: chosen?.email ?? '' }}
        engagementId={engagementId}
        onDone={onDone}
      />
    </>
  );
}

interface LetterProps {
  values: Partial<Sent>;
  engagementId: string;
  onDone: () => void;
}

function Letter({ values, engagementId, onDone }: LetterProps) {
  const org = useOrg();
  const toast = useToast();
  const send = useChange(org.slug, advanceTables, (body: Sent, call) =>
    advanceApi.send({ org: org.slug, params: { id: engagementId }, body }, call),
  );
  const submit = async (body: Sent) => {
    const link = await send.mutateAsync(body);
    toast({ tone: 'good', title: `The advance is on its way to ${link.name}` });
    onDone();
  };
  return (
    <Form values={values} onSubmit={submit} onCancel={onDone} action="Send" footer={DialogFooter}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="name" label="Name" />
        <Field name="email" label="E-mail" />
      </div>
      <Field
        name="message"
        label="A few words"
        hint="In the mail, above the link. The rest of the wording is in the settings, under Messages."
      />
    </Form>
  );
}
