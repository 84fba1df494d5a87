import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import type { RouteRequest } from '#platform/contract/contract.ts';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { PackName } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { PartyPicker } from '#features/parties/web/party-picker.tsx';
import { ConflictList, conflictsOf } from '#features/scheduling/claims/web/conflict-list.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import type { inquiries } from '../contract.ts';
import type { InquiryDetail } from '../inquiry-contract.ts';
import { approveForm, type approveFields, type ApproveValues } from './approve-fields.ts';
import { ApproveTemplates } from './approve-templates.tsx';
import { approveWords } from '../letter-words.ts';
import { ApproveHolds } from './approve-holds.tsx';
import { inquiriesApi, inquiryTables } from './inquiry-queries.ts';
import { LetterField } from './letter-field.tsx';

const { Form, Field } = approveForm;

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
  const submit = async ({ taskTemplate, scheduleTemplate, ...values }: ApproveValues) => {
    const { engagementId } = await approve.mutateAsync({
      ...values,
      zone,
      claimIds: keep.filter((one) => claims.some((claim) => claim.id === one)),
      confirm: confirm && keep.length > 0,
      letter,
      ...(taskTemplate && { taskTemplate }),
      ...(scheduleTemplate && { scheduleTemplate }),
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
      <ApproveTemplates />
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

function startOf({ inquiry, claims }: InquiryDetail, pack: PackName): Partial<z.input<typeof approveFields>> {
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
    scheduleTemplate: null,
    reason: '',
  };
}
