import { useQuery } from '@tanstack/react-query';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Select } from '#platform/ui/select.tsx';
import { peopleQuery } from '#features/engagements/people/web/people-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ChosenDocument } from './document-kinds.ts';

interface CircleChoiceProps {
  engagementId: string;
  value: ChosenDocument['circle'];
  onValue: (circle: ChosenDocument['circle']) => void;
}

/** Into whose hands a copy goes: what they may not know of isn’t in it. */
export function CircleChoice({ engagementId, value, onValue }: CircleChoiceProps) {
  const org = useOrg();
  const { data } = useQuery(peopleQuery(org.slug, engagementId));
  const groups = (data?.groups ?? []).map(({ key, name }) => ({
    value: key,
    label: `${key.toUpperCase()} · ${name}`,
    hint: 'And what they alone know of',
  }));
  return (
    <FieldFrame label="Copy for" hint={value === 'team' ? 'Please keep this one in the office.' : undefined}>
      {(aria) => (
        <Select
          {...aria}
          value={value}
          onValue={onValue}
          options={[
            { value: 'everyone' as const, label: 'Everybody on it', hint: 'What all of them may know of' },
            ...groups,
            { value: 'team' as const, label: 'The team', hint: 'Everything' },
          ]}
        />
      )}
    </FieldFrame>
  );
}
