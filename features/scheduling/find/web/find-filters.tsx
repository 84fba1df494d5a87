import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { EngagementPicker } from '#features/engagements/web/engagement-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { withArticle } from '#features/organisations/web/word-case.ts';
import { zoneNote } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { resourceKinds } from '../../resources/contract.ts';
import { MoreFilters, SkillFilter } from './find-more-filters.tsx';
import type { FindSearch } from './find-search.ts';
import type { useFindTarget } from './use-find-target.ts';

interface FindFiltersProps {
  search: FindSearch;
  target: ReturnType<typeof useFindTarget>;
  onChange: (part: FindSearch) => void;
}

/** What one looks for. Each change is in the address and searches at once. */
export function FindFilters({ search, target, onChange }: FindFiltersProps) {
  const org = useOrg();
  const { words } = org;
  const kind = search.kind ?? 'person';
  // On a phone the results would be far below all filters.
  const [more, setMore] = useState(
    Boolean(search.skill ?? search.tags ?? search.near ?? search.maxRate ?? search.units),
  );
  const note = zoneNote(target.zone, org.zone);
  const hint = note ? `By the clock of ${note.replace(/ time$/, '')}.` : undefined;
  return (
    <form
      role="search"
      aria-label="What to find"
      className="grid grid-cols-1 content-start gap-4"
      onSubmit={(event) => event.preventDefault()}
    >
      <Segmented
        label="What"
        value={kind}
        onValue={(next) => onChange({ kind: next, skill: undefined, minLevel: undefined })}
        options={resourceKinds.map((value) => ({ value, label: words[value].many }))}
        className="flex w-full"
      />
      <FieldFrame label={`For ${withArticle(words.engagement.one)}`}>
        {(control) => (
          <EngagementPicker
            {...control}
            clearable
            value={search.engagement ?? null}
            onValue={(id) => onChange({ engagement: id ?? undefined, startsAt: undefined, endsAt: undefined })}
          />
        )}
      </FieldFrame>
      <FieldFrame label="From" hint={hint}>
        {(control) => (
          <DateTimeField
            {...control}
            label="From"
            zone={target.zone}
            value={search.startsAt ?? target.engagement?.startsAt ?? null}
            onValue={(startsAt) => onChange(withEnd(startsAt, target.time?.endsAt))}
          />
        )}
      </FieldFrame>
      <FieldFrame
        label="To"
        error={
          target.time && target.time.endsAt <= target.time.startsAt ? 'The end must be after the start.' : undefined
        }
      >
        {(control) => (
          <DateTimeField
            {...control}
            label="To"
            zone={target.zone}
            value={search.endsAt ?? target.engagement?.endsAt ?? null}
            onValue={(endsAt) => onChange({ endsAt: endsAt ?? undefined })}
          />
        )}
      </FieldFrame>
      <Button className="lg:hidden" aria-expanded={more} onClick={() => setMore(!more)}>
        <SlidersHorizontal aria-hidden /> {more ? 'Fewer filters' : 'Skill, distance, rate'}
      </Button>
      <div className={cn('grid-cols-1 gap-4 lg:grid', more ? 'grid' : 'hidden')}>
        {kind === 'person' && <SkillFilter search={search} onChange={onChange} />}
        <MoreFilters search={search} onChange={onChange} />
      </div>
    </form>
  );
}

/** An evening, in milliseconds: the end that is offered once there is a start. */
const evening = 3 * 3_600_000;

function withEnd(startsAt: string | null, endsAt: string | undefined): FindSearch {
  if (!startsAt || (endsAt && endsAt > startsAt)) return { startsAt: startsAt ?? undefined };
  return { startsAt, endsAt: new Date(Date.parse(startsAt) + evening).toISOString() };
}
