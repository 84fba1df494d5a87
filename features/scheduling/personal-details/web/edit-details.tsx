import * as z from 'zod';
import { ApiError } from '#platform/client/client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { DayInput } from '#platform/ui/input.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { groups, type Group } from '../contract.ts';
import { personalApi } from './personal-queries.ts';

const { emergency, identity } = groups;

const emergencyForm = entityForm(
  z.object({
    emergencyName: emergency.emergencyName.nullable().default(null),
    emergencyPhone: emergency.emergencyPhone.nullable().default(null),
    emergencyRelation: emergency.emergencyRelation.nullable().default(null),
    healthNote: emergency.healthNote.nullable().default(null),
  }),
);

const identityForm = entityForm(
  z.object({
    legalName: identity.legalName.nullable().default(null),
    birthDate: identity.birthDate.nullable().default(null),
    taxNumber: identity.taxNumber.nullable().default(null),
    accountHolder: identity.accountHolder.nullable().default(null),
    account: identity.account.nullable().default(null),
    bankCode: identity.bankCode.nullable().default(null),
  }),
);

/** What the editor saw when they began. */
export interface Editing {
  version: number;
  values: Record<string, string | null>;
}

interface EditDetailsProps {
  resourceId: string;
  group: Group;
  title: string;
  editing: Editing | null;
  onClose: () => void;
  onSaved: () => void;
}

export function EditDetails({ resourceId, group, title, editing, onClose, onSaved }: EditDetailsProps) {
  const org = useOrg();
  const request = { org: org.slug, params: { id: resourceId } };
  const change = useChange(org.slug, ['personal_details'], (body: Body, call): Promise<unknown> =>
    group === 'emergency'
      ? personalApi.changeEmergency({ ...request, body }, call)
      : personalApi.changeIdentity({ ...request, body }, call),
  );
  const save = async (entered: Record<string, string | null>) => {
    if (!editing) return;
    // Only what was touched: another editor's fields are not ours to send back.
    const touched = Object.entries(entered).filter(([field, value]) => value !== (editing.values[field] ?? null));
    if (touched.length > 0) await change.mutateAsync({ version: editing.version, ...Object.fromEntries(touched) });
    onSaved();
    onClose();
  };
  const look = {
    values: editing?.values ?? {},
    onSubmit: save,
    onCancel: onClose,
    action: 'Save',
    footer: DialogFooter,
    renderError,
  };
  return (
    <Dialog open={editing !== null} onOpenChange={onClose} title={title}>
      {group === 'emergency' ? <EmergencyFields {...look} /> : <IdentityFields {...look} />}
    </Dialog>
  );
}

type Body = { version: number } & Record<string, unknown>;
type Look = Omit<Parameters<typeof emergencyForm.Form>[0], 'children'>;
type IdentityLook = Omit<Parameters<typeof identityForm.Form>[0], 'children'>;

/** Nobody's value is shown unasked: who lost the race looks at the newest and decides again. */
function renderError(error: unknown) {
  const conflict = error instanceof ApiError && error.code === 'version_conflict';
  return conflict ? <ErrorNotice error={error}> Close this and open it again to see theirs.</ErrorNotice> : undefined;
}

function EmergencyFields(look: Look) {
  const { Form, Field } = emergencyForm;
  return (
    <Form {...look}>
      <Field name="emergencyName" label="Whom to call" autoFocus />
      <Field name="emergencyPhone" label="Phone" />
      <Field name="emergencyRelation" label="Relation" hint="Partner, mother, flatmate …" />
      <Field
        name="healthNote"
        label="Health and diet"
        hint="Allergies, medicine, diet: what helpers and caterers must know."
      />
    </Form>
  );
}

function IdentityFields(look: IdentityLook) {
  const { Form, Field } = identityForm;
  return (
    <Form {...look}>
      <Field name="legalName" label="Legal name" hint="As in the passport, where people use another name." autoFocus />
      <Field name="birthDate" label="Born">
        {({ onValue, ...control }) => <DayInput {...control} onValue={(day) => onValue(day || null)} />}
      </Field>
      <Field name="taxNumber" label="Tax or identity number" />
      <Field name="accountHolder" label="Account holder" />
      <Field name="account" label="IBAN or account number" hint="The check digits of an IBAN are verified." />
      <Field name="bankCode" label="BIC or bank code" />
    </Form>
  );
}
