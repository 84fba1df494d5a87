import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { formatTime } from '#platform/time/format.ts';
import { Combobox } from '#platform/ui/combobox.tsx';
import { Input } from '#platform/ui/input.tsx';
import { engagements } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { PlaceSubject } from './place-draft.ts';
import { Segmented } from './segmented.tsx';

const engagementsApi = createClient(engagements);

/** What the time is for: a new engagement, one that exists, or nothing but keeping it free. */
export function PlaceSubjectField({
  subject,
  onSubject,
}: {
  subject: PlaceSubject;
  onSubject: (subject: PlaceSubject) => void;
}) {
  const { words } = useOrg();
  const choose = (kind: PlaceSubject['kind']) => {
    if (kind === 'existing') onSubject({ kind, id: null, title: null });
    else onSubject(kind === 'new' ? { kind, title: '' } : { kind });
  };
  return (
    <div className="space-y-2">
      <p className="text-sm font-medium">For</p>
      <Segmented
        label="For"
        value={subject.kind}
        onValue={choose}
        className="flex w-full"
        options={[
          { value: 'new', label: `New ${words.engagement.one}` },
          { value: 'existing', label: `Existing ${words.engagement.one}` },
          { value: 'blocked', label: 'Blocked time' },
        ]}
      />
      {subject.kind === 'new' && (
        <Input
          autoFocus
          aria-label={`Title of the ${words.engagement.one}`}
          placeholder="Title"
          maxLength={300}
          value={subject.title}
          onChange={(event) => onSubject({ kind: 'new', title: event.target.value })}
        />
      )}
      {subject.kind === 'existing' && (
        <EngagementPicker
          id={subject.id}
          title={subject.title}
          onPick={(id, title) => onSubject({ kind: 'existing', id, title })}
        />
      )}
    </div>
  );
}

interface PickerProps {
  id: string | null;
  title: string | null;
  onPick: (id: string | null, title: string | null) => void;
}

function EngagementPicker({ id, title, onPick }: PickerProps) {
  const org = useOrg();
  const [q, setQ] = useState('');
  const { data, isFetching } = useQuery({
    queryKey: orgKey(org.slug, 'engagements', 'pick', q),
    queryFn: ({ signal }) =>
      engagementsApi.list(
        { org: org.slug, query: { limit: 30, ...(q ? { q } : { from: new Date().toISOString() }) } },
        { signal },
      ),
    placeholderData: keepPreviousData,
  });
  const items = data?.items ?? [];
  return (
    <Combobox
      aria-label={org.words.engagement.one}
      placeholder={`Choose a ${org.words.engagement.one}…`}
      value={id}
      valueLabel={title}
      onQuery={setQ}
      busy={isFetching}
      empty={q ? 'None has these words in its title.' : 'Type a part of the title.'}
      onValue={(chosen) => onPick(chosen, items.find((item) => item.id === chosen)?.title ?? null)}
      options={items.map((item) => ({
        value: item.id,
        label: item.title,
        hint: formatTime(item.startsAt, item.zone ?? org.zone, 'date'),
      }))}
    />
  );
}
