import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod';
import { instruments, readInstrument } from '#features/calls/instruments/instrument-rules.ts';
import { otherSkills, skillName } from '#features/calls/instruments/skill-rules.ts';
import { useOrg, type Org } from '#features/organisations/web/org-context.tsx';
import { facetsQuery } from '#features/scheduling/resources/web/resource-queries.ts';
import { ApiError } from '#platform/client/client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, type FieldsProps } from '#platform/ui/entity-form.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Input } from '#platform/ui/input.tsx';
import { WordsInput } from '#platform/ui/words-input.tsx';
import { need, type Need, type SeatGrid } from '../contract.ts';
import { needsApi, seatTables } from './needs-queries.ts';
import { ServicesChoice } from './services-field.tsx';

const { sort: _sort, ...entered } = need.fields;
const fields = z.object({
  ...entered,
  // Empty: called as the skill is.
  title: z.string().trim().max(120).default(''),
  scheduleItemIds: z.array(z.uuid()).min(1, { error: 'Choose one service at least.' }).nullable().default(null),
});
type NeedValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

const kindWords: Readonly<Record<string, string>> = { principal: 'Principal', section: 'Section' };

interface NeedFormProps {
  grid: SeatGrid;
  onDone: () => void;
}

/** Skills are read as instruments where they are one: lists and the roster know them by their code. */
function readSkill(org: Org, text: string): string {
  return (org.packs.includes('orchestra') && readInstrument(text)) || text.trim();
}

function sent(org: Org, { skill, title, doubles, ...values }: NeedValues) {
  const code = readSkill(org, skill);
  return {
    ...values,
    skill: code,
    title: title || skillName(code),
    doubles: doubles.map((each) => readSkill(org, each)),
  };
}

/** Anything that is needed, by hand: six stagehands, an organ. */
export function CreateNeed({ engagementId, grid, onDone }: NeedFormProps & { engagementId: string }) {
  const org = useOrg();
  const create = useChange(org.slug, seatTables, (values: NeedValues, call) =>
    needsApi.create({ org: org.slug, params: { id: engagementId }, body: sent(org, values) }, call),
  );
  const submit = async (values: NeedValues) => {
    await create.mutateAsync(values);
    onDone();
  };
  return <Fields grid={grid} values={{}} onSubmit={submit} onCancel={onDone} action="Add what is needed" />;
}

export function EditNeed({ need: shown, grid, onDone }: NeedFormProps & { need: Need }) {
  const org = useOrg();
  const [release, setRelease] = useState(false);
  const change = useChange(org.slug, seatTables, (values: NeedValues & { release: boolean }, call) => {
    const { scheduleItemIds, ...rest } = sent(org, values);
    const same = scheduleItemIds === null ? shown.everyService : sameServices(scheduleItemIds, servicesOf(shown, grid));
    const body = { ...changed(shown, rest), version: shown.version, release: values.release };
    return needsApi.change(
      { org: org.slug, params: { id: shown.id }, body: same ? body : { ...body, scheduleItemIds } },
      call,
    );
  });
  const submit = async (values: NeedValues) => {
    await change.mutateAsync({ ...values, release });
    onDone();
  };
  const renderError = (error: unknown) =>
    error instanceof ApiError && error.code === 'in_use' ? (
      <div className="grid gap-2">
        <ErrorNotice error={error} />
        <label className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="accent-accent"
            checked={release}
            onChange={({ target }) => setRelease(target.checked)}
          />
          Their seats go as well, and their time is free again.
        </label>
      </div>
    ) : undefined;
  const values = {
    ...shown,
    skill: skillName(shown.skill),
    doubles: shown.doubles.map(skillName),
    scheduleItemIds: shown.everyService ? null : servicesOf(shown, grid),
  };
  return (
    <Fields grid={grid} values={values} onSubmit={submit} onCancel={onDone} action="Save" renderError={renderError} />
  );
}

function servicesOf({ id }: Need, { seats }: SeatGrid): string[] {
  return [...new Set(seats.filter(({ needId }) => needId === id).map(({ scheduleItemId }) => scheduleItemId))];
}

function sameServices(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}

/** Only what is different: the rest may have been changed by somebody else meanwhile. */
function changed<V extends object>(before: V, after: Partial<V>): Partial<V> {
  const found: Partial<V> = {};
  for (const key in after) if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) found[key] = after[key];
  return found;
}

interface NeedFieldsProps extends FieldsProps<typeof fields> {
  grid: SeatGrid;
}

function Fields({ grid, ...form }: NeedFieldsProps) {
  const org = useOrg();
  const orchestra = org.packs.includes('orchestra');
  const { data } = useQuery(facetsQuery(org.slug));
  const others = otherSkills(data?.skills ?? [], orchestra);
  const known = [...(orchestra ? instruments.map(({ name }) => name) : []), ...others];
  return (
    <Form {...form} footer={DialogFooter}>
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_7rem]">
        <Field name="skill" label={orchestra ? 'Instrument or skill' : 'Skill'}>
          {({ value, onValue, ...control }) => (
            <>
              <Input
                {...control}
                autoFocus
                list={`${control.id}-known`}
                value={value}
                onChange={({ target }) => onValue(target.value)}
              />
              <datalist id={`${control.id}-known`}>
                {known.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Field name="quantity" label="How many" />
      </div>
      <Field name="title" label="Title" hint="As the skill when empty." />
      {orchestra && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name="kind" label="Chair" optionLabel={(kind) => kindWords[kind] ?? kind} />
          <Field name="doubles" label="Also plays">
            {(control) => <WordsInput {...control} suggestions={known} />}
          </Field>
        </div>
      )}
      {grid.services.length > 0 && (
        <Field
          name="scheduleItemIds"
          label="At which services"
          hint="Every service: those to come as well."
          group
          required
        >
          {({ value, onValue }) => (
            <ServicesChoice label="At which services" services={grid.services} value={value} onValue={onValue} />
          )}
        </Field>
      )}
      <Field name="notes" label="Notes" />
    </Form>
  );
}
