import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { ConflictList, conflictsOf } from '#features/scheduling/claims/web/conflict-list.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import { useChange } from '#platform/client/use-change.ts';
import { addDays, fromWallClock } from '#platform/time/wall-clock.ts';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { useFormValues, type FieldsProps } from '#platform/ui/entity-form.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import type { ScheduleItem } from '../contract.ts';
import { dayOf, onDay } from '../day-rules.ts';
import { itemName, kindLabel } from '../item-kinds.ts';
import { AudienceFields } from './audience-fields.tsx';
import { DraftClashes } from './clash-notes.tsx';
import { itemFields, itemForm, type ItemValues } from './item-fields.ts';
import { ItemTimes } from './item-times.tsx';
import { scheduleTables, timelineApi } from './timeline-queries.ts';

const { Form, Field } = itemForm;

interface ItemFormProps extends FieldsProps<typeof itemFields> {
  engagement: Engagement;
  itemId?: string | null;
  seated: number;
}

function ItemForm({ engagement, itemId = null, seated, ...form }: ItemFormProps) {
  const { words } = useOrg();
  return (
    <Form {...form} footer={DialogFooter}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="kind" label="What" optionLabel={kindLabel} autoFocus />
        <Field name="title" label="Title" hint="What is played or done." />
      </div>
      <Field name="placeId" label={capital(words.place.one)}>
        {(control) => (
          <ResourcePicker
            {...control}
            kind="place"
            clearable
            placeholder={engagement.placeName ?? `Where the ${words.engagement.one} is`}
          />
        )}
      </Field>
      <ItemTimes engagement={engagement} seated={seated} />
      <FormClashes engagementId={engagement.id} itemId={itemId} />
      <AudienceFields engagement={engagement} />
      <Field name="dress" label="Dress" />
      <Field name="notes" label="Notes" hint="For the office." />
    </Form>
  );
}

/** What wouldn’t fit about what is entered, once it is whole. */
function FormClashes({ engagementId, itemId }: { engagementId: string; itemId: string | null }) {
  const entered = itemFields.safeParse(useFormValues());
  if (!entered.success) return null;
  const { kind, title, placeId, startsAt, endsAt, forAll, forGroups, personIds } = entered.data;
  const draft = { id: itemId, kind, title, placeId, startsAt, endsAt, forAll, forGroups, personIds };
  return <DraftClashes engagementId={engagementId} items={[draft]} />;
}

/** Something new: at the time of the last one, a day later. */
export function CreateItem({
  engagement,
  items,
  onDone,
}: {
  engagement: Engagement;
  items: readonly ScheduleItem[];
  onDone: () => void;
}) {
  const org = useOrg();
  const create = useChange(org.slug, scheduleTables, (body: ItemValues, call) =>
    timelineApi.create({ org: org.slug, params: { id: engagement.id }, body }, call),
  );
  const submit = async (values: ItemValues) => {
    await create.mutateAsync(values);
    onDone();
  };
  return (
    <ItemForm
      engagement={engagement}
      values={startOf(engagement, items.at(-1), org.zone)}
      seated={0}
      onSubmit={submit}
      onCancel={onDone}
      action="Add to the schedule"
    />
  );
}

const hour = 3_600_000;

/** Of a day: what comes after the last; of a week of rehearsals: the same again on the next day. */
function startOf(engagement: Engagement, last: ScheduleItem | undefined, orgZone: string) {
  if (Date.parse(engagement.endsAt) - Date.parse(engagement.startsAt) < 24 * hour) {
    const startsAt = last?.endsAt ?? engagement.startsAt;
    return { kind: last?.kind, startsAt, endsAt: new Date(Date.parse(startsAt) + hour).toISOString() };
  }
  if (last) {
    const { kind, placeId, dress } = last;
    return { kind, placeId, dress, ...onDay(last, addDays(dayOf(last), 1)) };
  }
  const zone = engagement.zone ?? orgZone;
  const date = dayOf({ startsAt: engagement.startsAt, zone });
  const at = (time: string) => fromWallClock({ date, time }, zone) ?? '';
  return { kind: 'rehearsal' as const, startsAt: at('10:00'), endsAt: at('12:30') };
}

/** Changes what is on the schedule; who is committed elsewhere at a new time is named. */
export function EditItem({
  engagement,
  item,
  onDone,
}: {
  engagement: Engagement;
  item: ScheduleItem;
  onDone: () => void;
}) {
  const org = useOrg();
  const change = useChange(org.slug, scheduleTables, (body: Partial<ItemValues> & { version: number }, call) =>
    timelineApi.change({ org: org.slug, params: { id: item.id }, body }, call),
  );
  const edit = useEdit<ItemValues>(item, change.mutateAsync, onDone);
  const renderError = (error: unknown) => {
    const conflicts = conflictsOf(error);
    return conflicts.length > 0 ? <Conflicts conflicts={conflicts} asked={itemName(item)} /> : edit.renderError(error);
  };
  return (
    <ItemForm
      engagement={engagement}
      itemId={item.id}
      values={item}
      seated={item.seated ?? 0}
      onSubmit={edit.onSubmit}
      renderError={renderError}
      onCancel={onDone}
      action="Save"
    />
  );
}

/** Why nobody was moved. */
export function Conflicts({ conflicts, asked }: { conflicts: ReturnType<typeof conflictsOf>; asked: string }) {
  return (
    <div role="alert" className="max-h-[40dvh] overflow-y-auto">
      <p className="mb-2 text-sm font-medium text-danger">
        Nothing was moved: {conflicts.length === 1 ? 'somebody is' : `${conflicts.length} people are`} committed
        elsewhere.
      </p>
      <ConflictList conflicts={conflicts} asked={asked} />
    </div>
  );
}
