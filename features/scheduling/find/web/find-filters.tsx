import { useQuery } from '@tanstack/react-query';
import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { EngagementPicker } from '#features/engagements/web/engagement-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital, withArticle } from '#features/organisations/web/word-case.ts';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import { facetsQuery } from '#features/scheduling/resources/web/resource-queries.ts';
import { skillLevels } from '#features/scheduling/resources/web/skills-input.tsx';
import { rateUnits } from '#features/scheduling/resources/web/rate-field.tsx';
import { zoneNote } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { Combobox } from '#platform/ui/combobox.tsx';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { Select } from '#platform/ui/select.tsx';
import { WordsInput } from '#platform/ui/words-input.tsx';
import { resourceKinds } from '../../resources/contract.ts';
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

type PartProps = Pick<FindFiltersProps, 'search' | 'onChange'>;

function SkillFilter({ search, onChange }: PartProps) {
  const org = useOrg();
  const { data } = useQuery(facetsQuery(org.slug));
  return (
    <>
      <FieldFrame label="Skill">
        {(control) => (
          <Combobox
            {...control}
            clearable
            placeholder="Any skill"
            value={search.skill ?? null}
            valueLabel={search.skill}
            onValue={(skill) => onChange({ skill: skill ?? undefined })}
            options={(data?.skills ?? []).map((skill) => ({ value: skill, label: skill }))}
            empty="No skills are in use yet."
          />
        )}
      </FieldFrame>
      {search.skill && (
        <FieldFrame label="Level, at least">
          {(control) => (
            <Select
              {...control}
              value={String(search.minLevel ?? 1)}
              onValue={(level) => onChange({ minLevel: Number(level) })}
              options={skillLevels}
            />
          )}
        </FieldFrame>
      )}
    </>
  );
}

function MoreFilters({ search, onChange }: PartProps) {
  const org = useOrg();
  const { data } = useQuery(facetsQuery(org.slug));
  const kind = search.kind ?? 'person';
  const number = (text: string) => (text === '' || Number(text) < 0 ? undefined : Number(text));
  return (
    <>
      <FieldFrame label="Tags, all of them">
        {(control) => (
          <WordsInput
            {...control}
            value={search.tags ?? []}
            onValue={(tags) => onChange({ tags: tags.length > 0 ? tags : undefined })}
            suggestions={data?.tags ?? []}
          />
        )}
      </FieldFrame>
      <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-2">
        <FieldFrame label="Near">
          {(control) => (
            <ResourcePicker
              {...control}
              kind="place"
              clearable
              placeholder={`Any ${org.words.place.one}`}
              value={search.near ?? null}
              onValue={(near) => onChange({ near: near ?? undefined })}
            />
          )}
        </FieldFrame>
        <FieldFrame label="Within km">
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              max={21_000}
              disabled={!search.near}
              value={search.withinKm ?? ''}
              onChange={(event) => onChange({ withinKm: number(event.target.value) })}
            />
          )}
        </FieldFrame>
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)_8rem] gap-2">
        <FieldFrame label={`Rate up to, ${org.currency}`}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              step="any"
              value={search.maxRate ?? ''}
              onChange={(event) => onChange({ maxRate: number(event.target.value) })}
            />
          )}
        </FieldFrame>
        <FieldFrame label="The rate is">
          {(control) => (
            <Select
              {...control}
              disabled={search.maxRate === undefined}
              value={search.rateUnit ?? 'service'}
              onValue={(rateUnit) => onChange({ rateUnit })}
              options={rateUnits}
            />
          )}
        </FieldFrame>
      </div>
      {kind !== 'person' && (
        <FieldFrame label="Units" hint={`Of pooled ${capital(org.words[kind].many).toLowerCase()}.`}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              value={search.units ?? ''}
              onChange={(event) => onChange({ units: number(event.target.value) || undefined })}
            />
          )}
        </FieldFrame>
      )}
    </>
  );
}
