import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { resourceQuery } from '#features/scheduling/resources/web/resource-queries.ts';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { SeatInput } from './seat-input.tsx';

export interface ChoosablePerson {
  personId: string;
  name: string;
}

interface PeopleChoiceProps {
  label: string;
  people: readonly ChoosablePerson[];
  chosen: ReadonlySet<string>;
  onChange: (ids: readonly string[], on: boolean) => void;
  /** Where each of them sits. */
  seats?: { of: (personId: string) => string; onSeat: (personId: string, seat: string) => void };
}

/** The chosen ones with these among them, or without. */
export function withPeople(chosen: ReadonlySet<string>, ids: readonly string[], on: boolean): ReadonlySet<string> {
  return new Set(on ? [...chosen, ...ids] : [...chosen].filter((id) => !ids.includes(id)));
}

/** Ticks beside the people of an engagement; others can be added by name. */
export function PeopleChoice({ label, people, chosen, onChange, seats }: PeopleChoiceProps) {
  const org = useOrg();
  const known = people.map(({ personId }) => personId);
  const others = [...chosen].filter((id) => !known.includes(id));
  const all = known.length > 0 && known.every((id) => chosen.has(id));
  const tick = (id: string) => ({
    checked: chosen.has(id),
    onChange: (on: boolean) => onChange([id], on),
  });
  return (
    <div role="group" aria-label={label}>
      <div className="mb-1 flex items-center justify-between gap-2">
        <span className="text-sm font-medium">{label}</span>
        {people.length > 1 && (
          <Button size="sm" variant="ghost" onClick={() => onChange(known, !all)}>
            {all ? 'Nobody' : `Everybody (${people.length})`}
          </Button>
        )}
      </div>
      {people.length + others.length > 0 && (
        <ul className="mb-2 max-h-72 divide-y divide-line overflow-y-auto rounded-md border border-line">
          {people.map((person) => (
            <Choice key={person.personId} name={person.name} {...tick(person.personId)}>
              {seats && chosen.has(person.personId) && (
                <SeatInput
                  // Another’s change of it shows here.
                  key={seats.of(person.personId)}
                  name={person.name}
                  seat={seats.of(person.personId)}
                  onSeat={(seat) => seats.onSeat(person.personId, seat)}
                />
              )}
            </Choice>
          ))}
          {others.map((id) => (
            <OtherChoice key={id} id={id} {...tick(id)} />
          ))}
        </ul>
      )}
      <ResourcePicker
        kind="person"
        value={null}
        onValue={(id) => id && onChange([id], true)}
        except={[...known, ...others]}
        placeholder={people.length > 0 ? 'Somebody else…' : `${capital(org.words.person.one)}…`}
        aria-label={`${label}: somebody else`}
      />
    </div>
  );
}

interface ChoiceProps {
  name: string;
  checked: boolean;
  onChange: (on: boolean) => void;
  children?: ReactNode;
}

function Choice({ name, checked, onChange, children }: ChoiceProps) {
  return (
    <li className="flex min-h-9 items-center gap-2 px-2.5">
      <label className="flex min-w-0 flex-1 items-center gap-2 py-1.5 text-sm">
        <input
          type="checkbox"
          className="size-4 shrink-0 accent-accent"
          checked={checked}
          onChange={({ target }) => onChange(target.checked)}
        />
        <span className="truncate" title={name}>
          {name}
        </span>
      </label>
      {children}
    </li>
  );
}

/** Somebody who was found by name. */
function OtherChoice({ id, ...choice }: Omit<ChoiceProps, 'name'> & { id: string }) {
  const org = useOrg();
  const { data } = useQuery(resourceQuery(org.slug, id));
  return <Choice name={data?.name ?? '…'} {...choice} />;
}
