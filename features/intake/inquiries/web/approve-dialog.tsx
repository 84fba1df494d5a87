import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import type { RouteRequest } from '#platform/contract/contract.ts';
import { id, instant, line, text } from '#platform/contract/fields.ts';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue } from '#platform/ui/entity-form.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { taskTemplatesQuery } from '#features/engagements/tasks/web/task-queries.ts';
import { packNames } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { PartyPicker } from '#features/parties/web/party-picker.tsx';
import { ConflictList, conflictsOf } from '#features/scheduling/claims/web/conflict-list.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import type { inquiries } from '../contract.ts';
import type { InquiryDetail } from '../inquiry-contract.ts';
import { approveWords } from '../letter-words.ts';
import { ApproveHolds } from './approve-holds.tsx';
import { inquiriesApi, inquiryTables } from './inquiry-queries.ts';
import { LetterField } from './letter-field.tsx';

const fields = z
  .object({
    title: line(300),
    pack: z.enum(packNames),
    placeId: id.nullable(),
    startsAt: instant,
    endsAt: instant,
    partyId: id.nullable(),
    taskTemplate: z.string().nullable(),
    reason: text(500),
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, { error: 'The end must be after the start.', path: ['endsAt'] });
type Values = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

interface ApproveDialogProps {
  detail: InquiryDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A yes: what is made of the inquiry, with what is held for it, and the words for its sender. */
export function ApproveDialog({ detail, open, onOpenChange }: ApproveDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Approve ${detail.inquiry.title}`}>
      <ApproveForm detail={detail} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

type Approval = RouteRequest<typeof inquiries.routes.approve>['body'];

function ApproveForm({ detail, onDone }: { detail: InquiryDetail; onDone: () => void }) {
  const org = useOrg();
  const navigate = useNavigate();
  const toast = useToast();
  const { inquiry, claims } = detail;
  const [keep, setKeep] = useState(() => claims.map((claim) => claim.id));
  const [confirm, setConfirm] = useState(false);
  const [letter, setLetter] = useState<string | null>(inquiry.email === null ? null : approveWords);
  const zone = inquiry.zone ?? org.zone;
  const approve = useChange(org.slug, [...inquiryTables, 'engagements', 'tasks', 'parties'], (body: Approval, call) =>
    inquiriesApi.approve({ org: org.slug, params: { id: inquiry.id }, body }, call),
  );
  const submit = async ({ taskTemplate, ...values }: Values) => {
    const { engagementId } = await approve.mutateAsync({
      ...values,
      zone,
      claimIds: keep.filter((one) => claims.some((claim) => claim.id === one)),
      confirm: confirm && keep.length > 0,
      letter,
      ...(taskTemplate && { taskTemplate }),
    });
    toast({ tone: 'good', title: `Approved: the ${org.words.engagement.one} is there` });
    await navigate({ to: '/o/$org/engagements/$id', params: { org: org.slug, id: engagementId }, search: {} });
  };
  return (
    <Form
      values={startOf(detail, org.pack.name)}
      onSubmit={submit}
      onCancel={onDone}
      action="Approve"
      footer={DialogFooter}
      renderError={(error) => {
        const conflicts = conflictsOf(error);
        if (conflicts.length === 0) return undefined;
        return (
          <div className="grid max-h-[30dvh] w-full gap-2 overflow-y-auto">
            <p className="text-sm font-medium text-danger">
              Nothing was approved, because it can’t be committed. Approve without that, or wait for these:
            </p>
            <ConflictList conflicts={conflicts} asked={inquiry.title} />
          </div>
        );
      }}
    >
      <Field name="title" label="Title" autoFocus />
      {org.packs.length > 1 && (
        <Field name="pack" label="Kind of work">
          {({ value, ...control }) => (
            <Select
              {...control}
              value={value ?? null}
              options={org.packs.map((pack) => ({ value: pack, label: packs[pack].label }))}
            />
          )}
        </Field>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        {(['startsAt', 'endsAt'] as const).map((name) => (
          <Field key={name} name={name} label={name === 'startsAt' ? 'Starts' : 'Ends'}>
            {({ value, onValue, ...control }) => (
              <DateTimeField
                {...control}
                label={name === 'startsAt' ? 'Starts' : 'Ends'}
                zone={zone}
                value={value || null}
                onValue={(next) => onValue(next ?? '')}
              />
            )}
          </Field>
        ))}
      </div>
      <Field name="placeId" label={capital(org.words.place.one)}>
        {(control) => <ResourcePicker {...control} kind="place" clearable placeholder="Not known yet" />}
      </Field>
      <ApproveHolds claims={claims} keep={keep} onKeep={setKeep} confirm={confirm} onConfirm={setConfirm} />
      <Field
        name="partyId"
        label={capital(org.words.party.one)}
        hint={
          inquiry.partyId === null
            ? `Left empty, ${newName(detail)} is added to the ${org.words.party.many}.`
            : undefined
        }
      >
        {(control) => <PartyPicker {...control} clearable />}
      </Field>
      {org.can('tasks.read') && <Template />}
      <Field name="reason" label="Reason" hint="For the record; only members read it.">
        {({ value, onValue, ...control }) => (
          <Input {...control} maxLength={500} value={value} onChange={({ target }) => onValue(target.value)} />
        )}
      </Field>
      <LetterField email={inquiry.email} value={letter} words={approveWords} onValue={setLetter} />
    </Form>
  );
}

const newName = ({ inquiry: { contactName, company, email } }: InquiryDetail) =>
  contactName || company || email || 'nobody';

function startOf(
  { inquiry, claims }: InquiryDetail,
  pack: (typeof packNames)[number],
): Partial<z.input<typeof fields>> {
  // What is held is later news than what was asked for.
  const [held] = claims;
  return {
    title: inquiry.title,
    pack,
    placeId: inquiry.placeId,
    startsAt: held?.startsAt ?? inquiry.startsAt ?? '',
    endsAt: held?.endsAt ?? inquiry.endsAt ?? '',
    partyId: inquiry.partyId,
    taskTemplate: null,
    reason: '',
  };
}

/** The tasks to begin with: as the pack has it, or another list. */
function Template() {
  const org = useOrg();
  const [pack] = useFormValue('pack');
  const { data } = useQuery(taskTemplatesQuery(org.slug));
  const templates = (data?.items ?? []).filter((template) => template.pack === pack);
  if (templates.length === 0) return null;
  return (
    <Field name="taskTemplate" label="Tasks">
      {({ value, onValue, ...control }) => (
        <Select
          {...control}
          value={value ?? 'automatic'}
          onValue={(next) => onValue(next === 'automatic' ? null : next)}
          options={[
            { value: 'automatic', label: 'Those that are made by themselves' },
            ...templates.map(({ key, name }) => ({ value: key, label: name })),
          ]}
        />
      )}
    </Field>
  );
}
