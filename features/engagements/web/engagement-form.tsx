import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { zoneCity } from '#platform/time/format.ts';
import { addDays, fromWallClock, today, toWallClock } from '#platform/time/wall-clock.ts';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue } from '#platform/ui/entity-form.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { ZonePicker } from '#platform/ui/zone-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { packs } from '#features/organisations/packs/packs.ts';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import { resourceQuery } from '#features/scheduling/resources/web/resource-queries.ts';
import { engagement, engagements, type Engagement } from '../contract.ts';
import { engagementsApi } from './engagement-queries.ts';
import { SeriesPicker } from './series-picker.tsx';

const timeOrder = { error: 'The end must be after the start.', path: ['endsAt'] };
const fields = z
  .object({ ...engagement.fields, pack: engagements.routes.create.body.shape.pack })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, timeOrder);
const { Form, Field } = entityForm(fields);
export type EngagementValues = z.output<typeof fields>;

interface EngagementFormProps {
  values: Partial<z.input<typeof fields>>;
  /** The pack can be chosen while it is new. */
  isNew?: boolean;
  action: string;
  onSubmit: (values: EngagementValues) => Promise<unknown>;
  onCancel: () => void;
  renderError?: (error: unknown) => ReactNode;
}

function EngagementForm({ isNew, ...form }: EngagementFormProps) {
  const { words, packs: orgPacks } = useOrg();
  return (
    <Form {...form} footer={DialogFooter}>
      <Field name="title" label="Title" autoFocus />
      {isNew && orgPacks.length > 1 && (
        <Field
          name="pack"
          label="Kind of work"
          optionLabel={(name) => packs[orgPacks.find((pack) => pack === name) ?? 'orchestra'].label}
        />
      )}
      <Field name="placeId" label={words.place.one.replace(/^./, (letter) => letter.toUpperCase())}>
        {(control) => <ResourcePicker {...control} kind="place" clearable placeholder="Not known yet" />}
      </Field>
      <TimeFields />
      <Field name="seriesId" label={words.series.one.replace(/^./, (letter) => letter.toUpperCase())}>
        {(control) => <SeriesPicker {...control} clearable placeholder="None" />}
      </Field>
      <Field name="notes" label="Notes" />
    </Form>
  );
}

/** Start, end and the zone whose clock they are typed by: its own, else the place's, else the organisation's. */
function TimeFields() {
  const org = useOrg();
  const [placeId] = useFormValue('placeId');
  const [own] = useFormValue('zone');
  const [startsAt, setStart] = useFormValue('startsAt');
  const [endsAt, setEnd] = useFormValue('endsAt');
  const place = useQuery({ ...resourceQuery(org.slug, String(placeId)), enabled: typeof placeId === 'string' });
  const usual = (placeId ? place.data?.zone : null) ?? org.zone;
  const zone = typeof own === 'string' ? own : usual;
  useKeptWallClock(zone, [
    [startsAt, setStart],
    [endsAt, setEnd],
  ]);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="startsAt" label="Starts">
          {({ value, onValue, ...control }) => (
            <DateTimeField
              {...control}
              label="Starts"
              zone={zone}
              value={value || null}
              onValue={(next) => {
                onValue(next ?? '');
                if (next && value && typeof endsAt === 'string' && endsAt) setEnd(shifted(endsAt, value, next));
              }}
            />
          )}
        </Field>
        <Field name="endsAt" label="Ends">
          {({ value, onValue, ...control }) => (
            <DateTimeField
              {...control}
              label="Ends"
              zone={zone}
              value={value || null}
              onValue={(next) => onValue(next ?? '')}
            />
          )}
        </Field>
      </div>
      <Field name="zone" label="Time zone">
        {(control) => (
          <ZonePicker
            {...control}
            noneLabel={`${zoneCity(usual)}, as the ${placeId && place.data?.zone ? org.words.place.one : 'organisation'}`}
          />
        )}
      </Field>
    </>
  );
}

/** When the zone changes, what the clock shows stays and the instant moves: 19:30 was meant where it happens. */
function useKeptWallClock(zone: string, values: readonly (readonly [unknown, (value: unknown) => void])[]): void {
  const before = useRef(zone);
  const keep = useEffectEvent((from: string) => {
    for (const [value, setValue] of values) {
      if (typeof value === 'string' && value) setValue(fromWallClock(toWallClock(value, from), zone));
    }
  });
  useEffect(() => {
    if (before.current !== zone) keep(before.current);
    before.current = zone;
  }, [zone]);
}

/** The end keeps its distance when the start moves. */
function shifted(end: string, from: string, to: string): string {
  return new Date(Date.parse(end) + Date.parse(to) - Date.parse(from)).toISOString();
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
  const create = useChange(org.slug, ['engagements', 'series'], (body: EngagementValues, call) =>
    engagementsApi.create({ org: org.slug, body }, call),
  );
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
  return <EngagementForm values={shown} {...edit} onCancel={onDone} action="Save" />;
}
