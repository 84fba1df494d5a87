import { useQuery } from '@tanstack/react-query';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import { facetsQuery } from '#features/scheduling/resources/web/resource-queries.ts';
import { rateUnits } from '#features/scheduling/resources/web/rate-field.tsx';
import { skillLevels } from '#features/scheduling/resources/web/skills-input.tsx';
import { Combobox } from '#platform/ui/combobox.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { WordsInput } from '#platform/ui/words-input.tsx';
import type { FindSearch } from './find-search.ts';

interface PartProps {
  search: FindSearch;
  onChange: (part: FindSearch) => void;
}

/** A skill, and how well it must be mastered. */
export function SkillFilter({ search, onChange }: PartProps) {
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

/** Tags, distance, rate and units. */
export function MoreFilters({ search, onChange }: PartProps) {
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
        <FieldFrame label="Units" hint={`Of pooled ${org.words[kind].many}.`}>
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
