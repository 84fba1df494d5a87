import { useQuery } from '@tanstack/react-query';
import type { Engagement } from '#features/engagements/contract.ts';
import { peopleQuery } from '#features/engagements/people/web/people-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { Button } from '#platform/ui/button.tsx';
import { Combobox } from '#platform/ui/combobox.tsx';
import { useFormValue } from '#platform/ui/entity-form.tsx';
import { Select } from '#platform/ui/select.tsx';
import { X } from 'lucide-react';
import { itemForm } from './item-fields.ts';

const { Field } = itemForm;

/** For whom it is, and who knows of it. */
export function AudienceFields({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const { data } = useQuery({ ...peopleQuery(org.slug, engagement.id), enabled: org.can('people.read') });
  const [forAll, setForAll] = useFormValue('forAll');
  const [seenBy] = useFormValue('seenBy');
  const groups = data?.groups ?? [];
  return (
    <fieldset className="grid gap-4 rounded-lg border border-line p-3">
      <legend className="px-1 text-xs font-medium text-ink-faint">People</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="forAll" label="For whom" className={forAll === true ? 'sm:col-span-2' : ''}>
          {({ value: _value, onValue: _onValue, ...control }) => (
            <Select
              {...control}
              value={forAll === false ? 'some' : 'all'}
              onValue={(value) => setForAll(value === 'all')}
              options={[
                { value: 'all', label: 'Everybody' },
                { value: 'some', label: 'Groups or people…' },
              ]}
            />
          )}
        </Field>
        {forAll === false && (
          <Field name="forGroups" label="Groups" group>
            {({ value, onValue }) => <GroupChoice groups={groups} value={value} onValue={onValue} />}
          </Field>
        )}
      </div>
      {forAll === false && (
        <Field name="personIds" label="By name" hint={data?.items.length === 0 ? 'Nobody is on the roster yet.' : ''}>
          {({ value, onValue, ...control }) => (
            <PeopleChoice {...control} people={data?.items ?? []} value={value} onValue={onValue} />
          )}
        </Field>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name="seenBy"
          label="Who knows of it"
          optionLabel={(option) => seenLabels[option] ?? option}
          hint={seenBy === 'groups' ? 'And whoever is named. The team sees everything.' : ''}
        />
        {seenBy === 'groups' && (
          <Field name="seenByGroups" label="Groups that know" group>
            {({ value, onValue }) => <GroupChoice groups={groups} value={value} onValue={onValue} />}
          </Field>
        )}
      </div>
    </fieldset>
  );
}

const seenLabels: Record<string, string> = {
  everyone: 'Everyone on it',
  groups: 'Only some groups…',
  team: 'The team only',
};

interface GroupChoiceProps<K extends string> {
  groups: readonly { key: K; name: string }[];
  value: readonly K[] | undefined;
  onValue: (value: K[]) => void;
}

export function GroupChoice<K extends string>({ groups, value = [], onValue }: GroupChoiceProps<K>) {
  return (
    <span className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
      {groups.map(({ key, name }) => (
        <label key={key} className="flex max-w-full items-center gap-1.5 text-sm">
          <input
            type="checkbox"
            className="size-4 shrink-0 accent-accent"
            checked={value.includes(key)}
            onChange={({ target }) =>
              onValue(target.checked ? [...value, key] : value.filter((other) => other !== key))
            }
          />
          <span className="truncate" title={name}>
            {name}
          </span>
        </label>
      ))}
    </span>
  );
}

interface PeopleChoiceProps {
  people: readonly { id: string; name: string; role: string }[];
  value: readonly string[] | undefined;
  onValue: (value: string[]) => void;
  id?: string;
}

function PeopleChoice({ people, value = [], onValue, ...control }: PeopleChoiceProps) {
  const chosen = people.filter(({ id }) => value.includes(id));
  return (
    <div className="grid gap-2">
      <Combobox
        {...control}
        value={null}
        onValue={(id) => id && onValue([...value, id])}
        placeholder="Name somebody…"
        empty="Nobody else of this name is on the roster."
        options={people
          .filter(({ id }) => !value.includes(id))
          .map(({ id, name, role }) => ({ value: id, label: name, ...(role ? { hint: role } : {}) }))}
      />
      {chosen.length > 0 && (
        <ul aria-label="Named" className="flex flex-wrap gap-1.5">
          {chosen.map(({ id, name }) => (
            <li key={id} className="max-w-full">
              <Button
                size="sm"
                aria-label={`Leave out ${name}`}
                onClick={() => onValue(value.filter((other) => other !== id))}
              >
                <span className="truncate">{name}</span> <X aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
