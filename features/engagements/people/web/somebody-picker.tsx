import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { PartyPicker } from '#features/parties/web/party-picker.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import type { RosterEntry } from '../contract.ts';

/** A person or a contact; null while nobody is chosen. */
export interface Somebody {
  kind: 'person' | 'contact';
  id: string | null;
}

export function bodyOf({ kind, id }: Somebody): { resourceId: string | null; partyId: string | null } {
  return { resourceId: kind === 'person' ? id : null, partyId: kind === 'contact' ? id : null };
}

interface SomebodyPickerProps {
  value: Somebody;
  onValue: (value: Somebody) => void;
  /** They are on it already. */
  entries: readonly RosterEntry[];
}

/** Finds somebody among the people, or among the contacts. */
export function SomebodyPicker({ value, onValue, entries }: SomebodyPickerProps) {
  const { words, can } = useOrg();
  const word = value.kind === 'person' ? words.person.one : words.party.one;
  const set = (id: string | null) => onValue({ ...value, id });
  return (
    <div className="grid gap-3">
      {can('parties.read') && (
        <Segmented
          label="Who"
          value={value.kind}
          onValue={(kind) => onValue({ kind, id: null })}
          options={[
            { value: 'person', label: capital(words.person.one) },
            { value: 'contact', label: capital(words.party.one) },
          ]}
        />
      )}
      <FieldFrame label={capital(word)}>
        {(control) =>
          value.kind === 'person' ? (
            <ResourcePicker
              {...control}
              kind="person"
              value={value.id}
              onValue={set}
              except={entries.flatMap(({ resourceId }) => resourceId ?? [])}
            />
          ) : (
            <PartyPicker {...control} value={value.id} onValue={set} />
          )
        }
      </FieldFrame>
    </div>
  );
}
