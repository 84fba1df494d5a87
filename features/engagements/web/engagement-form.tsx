import { useNavigate } from '@tanstack/react-router';
import { useChange } from '#platform/client/use-change.ts';
import { addDays, fromWallClock, today } from '#platform/time/wall-clock.ts';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import type { FieldsProps } from '#platform/ui/entity-form.tsx';
import { Meanwhile } from '#platform/ui/meanwhile.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { settable } from '#features/organisations/web/settable.ts';
import { capital } from '#features/organisations/web/word-case.ts';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import { engagement, type Engagement } from '../contract.ts';
import { engagementForm, type engagementFields, type EngagementValues } from './engagement-fields.ts';
import { engagementsApi } from './engagement-queries.ts';
import { EngagementTimes } from './engagement-times.tsx';
import { SeriesPicker } from './series-picker.tsx';
import { ValueFields } from './value-fields.tsx';

const { Form, Field } = engagementForm;

interface EngagementFormProps extends FieldsProps<typeof engagementFields> {
  /** The pack can be chosen while it is new. */
  isNew?: boolean;
  /** The one that it is in. */
  stage?: string;
}

function EngagementForm({ isNew, stage, ...form }: EngagementFormProps) {
  const { words, packs: orgPacks } = useOrg();
  return (
    <Form {...form} footer={DialogFooter}>
      <Field name="title" label="Title" autoFocus />
      {isNew && orgPacks.length > 1 && (
        <Field name="pack" label="Kind of work">
          {({ value, ...control }) => (
            <Select
              {...control}
              value={value ?? null}
              options={orgPacks.map((pack) => ({ value: pack, label: packs[pack].label }))}
            />
          )}
        </Field>
      )}
      <Field name="placeId" label={capital(words.place.one)}>
        {(control) => <ResourcePicker {...control} kind="place" clearable placeholder="Not known yet" />}
      </Field>
      <EngagementTimes isNew={isNew ?? false} />
      <Field name="seriesId" label={capital(words.series.one)}>
        {(control) => <SeriesPicker {...control} clearable placeholder="None" />}
      </Field>
      <ValueFields stage={stage} />
      <Field name="notes" label="Notes" />
    </Form>
  );
}

/** A new engagement, tomorrow evening until told otherwise. */
export function CreateEngagementDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const org = useOrg();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`New ${org.words.engagement.one}`}>
      <CreateForm onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

function CreateForm({ onCancel }: { onCancel: () => void }) {
  const org = useOrg();
  const navigate = useNavigate();
  const create = useChange(org.slug, ['engagements', 'series'], (body: EngagementValues, call) => {
    const { title, startsAt, endsAt } = body;
    const allowed = settable(engagement.fields, body, org.can);
    return engagementsApi.create({ org: org.slug, body: { ...allowed, title, startsAt, endsAt } }, call);
  });
  const tomorrow = addDays(today(org.zone), 1);
  const at = (time: string) => fromWallClock({ date: tomorrow, time }, org.zone) ?? '';
  const submit = async (values: EngagementValues) => {
    const created = await create.mutateAsync(values);
    await navigate({ to: '/o/$org/engagements/$id', params: { org: org.slug, id: created.id } });
  };
  return (
    <EngagementForm
      isNew
      values={{ startsAt: at('19:30'), endsAt: at('22:00'), pack: org.pack.name }}
      onSubmit={submit}
      onCancel={onCancel}
      action={`Add ${org.words.engagement.one}`}
    />
  );
}

/** Changes an engagement's own fields. Its claims keep their times. */
export function EditEngagementDialog({
  engagement: shown,
  open,
  onOpenChange,
}: {
  engagement: Engagement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Edit ${shown.title}`}
      description="What is held and booked for it keeps its own times."
    >
      <EditForm engagement={shown} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function EditForm({ engagement: shown, onDone }: { engagement: Engagement; onDone: () => void }) {
  const org = useOrg();
  const change = useChange(
    org.slug,
    ['engagements', 'series'],
    (body: Partial<EngagementValues> & { version: number }, call) =>
      engagementsApi.change({ org: org.slug, params: { id: shown.id }, body }, call),
  );
  const edit = useEdit<EngagementValues>(shown, change.mutateAsync, onDone);
  return (
    <>
      <Meanwhile now={shown} fields={edited} watching={change.isIdle || change.isError} />
      <EngagementForm stage={shown.stage} values={shown} {...edit} onCancel={onDone} action="Save" />
    </>
  );
}

const edited = engagement.patch.omit({ version: true }).keyof().options;
