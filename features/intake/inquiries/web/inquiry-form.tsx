import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue, type FieldsProps } from '#platform/ui/entity-form.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { AmountField } from '#features/organisations/web/amount-field.tsx';
import { MemberPicker } from '#features/organisations/web/member-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital, withArticle } from '#features/organisations/web/word-case.ts';
import { PartyPicker } from '#features/parties/web/party-picker.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import { inquiry, type Inquiry } from '../inquiry-contract.ts';
import { inquiriesApi, inquiryTables } from './inquiry-queries.ts';

const fields = z.object(inquiry.fields);
type InquiryValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

interface InquiryFieldsProps extends FieldsProps<typeof fields> {
  before?: ReactNode;
  children?: ReactNode;
}

function InquiryFields({ before, children, ...form }: InquiryFieldsProps) {
  const org = useOrg();
  return (
    <Form {...form} footer={DialogFooter}>
      {before}
      <Field name="title" label="What it is about" autoFocus />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="contactName" label="Name" />
        <Field name="company" label="Company" />
        <Field name="email" label="E-mail" />
        <Field name="phone" label="Telephone" />
      </div>
      <Times />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="placeId" label={capital(org.words.place.one)}>
          {(control) => <ResourcePicker {...control} kind="place" clearable placeholder="Not said" />}
        </Field>
        <Field name="people" label="How many people" />
      </div>
      <AmountField name="budget" label="Budget" />
      <Field name="message" label="What they say" />
      {org.can('parties.read') && (
        <Field name="partyId" label={`Known as ${withArticle(org.words.party.one)}`}>
          {(control) => <PartyPicker {...control} clearable />}
        </Field>
      )}
      {org.can('members.read') && (
        <Field name="assigneeUserId" label="Who sees to it">
          {(control) => <MemberPicker {...control} />}
        </Field>
      )}
      <Field name="labels" label="Labels" hint="With a comma between them." />
      {children}
    </Form>
  );
}

/** By the clock of its zone, else the organisation’s. */
function Times() {
  const org = useOrg();
  const [own] = useFormValue('zone');
  const zone = typeof own === 'string' ? own : org.zone;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="startsAt" label="From">
        {(control) => <DateTimeField {...control} label="From" zone={zone} />}
      </Field>
      <Field name="endsAt" label="To">
        {(control) => <DateTimeField {...control} label="To" zone={zone} />}
      </Field>
    </div>
  );
}

const sources = [
  { value: 'phone', label: 'By telephone' },
  { value: 'mail', label: 'By mail' },
  { value: 'in_person', label: 'In person' },
] as const;

/** One that came by telephone, by mail or in person. */
export function EnterInquiryDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { words } = useOrg();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`New ${words.inquiry.one}`}>
      <Enter onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function Enter({ onDone }: { onDone: () => void }) {
  const org = useOrg();
  const navigate = useNavigate();
  const [source, setSource] = useState<(typeof sources)[number]['value']>('phone');
  const [tell, setTell] = useState(false);
  const create = useChange(
    org.slug,
    ['inquiries', 'parties'],
    (body: InquiryValues & { source: typeof source; tell: boolean }, call) =>
      inquiriesApi.create({ org: org.slug, body }, call),
  );
  const submit = async (values: InquiryValues) => {
    const { id } = await create.mutateAsync({ ...values, source, tell });
    await navigate({ to: '/o/$org/inquiries/$id', params: { org: org.slug, id }, search: {} });
  };
  return (
    <InquiryFields
      values={{}}
      onSubmit={submit}
      onCancel={onDone}
      action={`Add ${org.words.inquiry.one}`}
      before={
        <FieldFrame label="How it came" group>
          {() => (
            <Segmented label="How it came" value={source} onValue={setSource} options={sources} className="w-full" />
          )}
        </FieldFrame>
      }
    >
      <label className="flex min-h-8 items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={tell}
          onChange={({ target }) => setTell(target.checked)}
        />
        Mail them the link to their page
      </label>
    </InquiryFields>
  );
}

/** What was understood, corrected. What its sender wrote stays as they sent it. */
export function EditInquiryDialog({
  inquiry: shown,
  open,
  onOpenChange,
}: {
  inquiry: Inquiry;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Edit ${shown.title}`}>
      <Edit inquiry={shown} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function Edit({ inquiry: shown, onDone }: { inquiry: Inquiry; onDone: () => void }) {
  const change = useInquiryChange(shown.id);
  const edit = useEdit<InquiryValues>(shown, change.mutateAsync, onDone);
  return <InquiryFields values={shown} {...edit} onCancel={onDone} action="Save" />;
}

export function useInquiryChange(id: string) {
  const org = useOrg();
  return useChange(org.slug, inquiryTables, (body: Partial<InquiryValues> & { version: number }, call) =>
    inquiriesApi.change({ org: org.slug, params: { id }, body }, call),
  );
}
