import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useChange } from '#platform/client/use-change.ts';
import { SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { DayInput } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { dayOf } from '../day-rules.ts';
import type { ScheduleTemplate, TemplateItem } from '../template-fields.ts';
import { timesOn } from '../template-rules.ts';
import type { RosterNames } from '../audience-words.ts';
import { DraftClashes } from './clash-notes.tsx';
import { TemplatePreview } from './template-preview.tsx';
import { scheduleTables, scheduleTemplatesQuery, timelineApi } from './timeline-queries.ts';

interface ApplyScheduleProps {
  engagement: Engagement;
  roster: RosterNames;
  onDone: () => void;
}

/** A whole day at once: chosen, looked at, then put on the schedule. */
export function ApplySchedule({ engagement, roster, onDone }: ApplyScheduleProps) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(scheduleTemplatesQuery(org.slug));
  const fitting = (data?.items ?? []).filter(({ pack }) => pack === engagement.pack);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={5} />;
  const [first] = fitting;
  if (!first) return <p className="pb-5 text-sm text-ink-soft">There is no schedule for this pack yet.</p>;
  return <Chooser engagement={engagement} roster={roster} templates={fitting} usual={first} onDone={onDone} />;
}

interface ChooserProps extends ApplyScheduleProps {
  templates: readonly ScheduleTemplate[];
  usual: ScheduleTemplate;
}

function Chooser({ engagement, roster, templates, usual, onDone }: ChooserProps) {
  const org = useOrg();
  const toast = useToast();
  const zone = engagement.zone ?? org.zone;
  const [key, setKey] = useState(usual.key);
  const [day, setDay] = useState(dayOf({ startsAt: engagement.startsAt, zone }));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const template = templates.find((one) => one.key === key) ?? usual;
  const chosen = template.items.filter(({ id }) => !left.has(id));
  const apply = useChange(org.slug, scheduleTables, (body: { key: string; day: string; itemIds: string[] }, call) =>
    timelineApi.applyTemplate({ org: org.slug, params: { id: engagement.id }, body }, call),
  );
  const submit = () =>
    apply.mutate(
      { key, day, itemIds: chosen.map(({ id }) => id) },
      {
        onSuccess: ({ items: { length } }) => {
          toast({
            tone: 'good',
            title: length === 0 ? 'All of it is on the schedule already' : `${countOfItems(length)} on the schedule`,
          });
          onDone();
        },
      },
    );
  const ready = day !== '' && chosen.length > 0;
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) submit();
      }}
    >
      <div className="grid grid-cols-1 gap-4 pb-5">
        <div className="grid gap-4 sm:grid-cols-2">
          <FieldFrame label="What kind of day">
            {(control) => (
              <Select
                {...control}
                value={key}
                onValue={(next) => {
                  setKey(next);
                  setLeft(new Set());
                }}
                options={templates.map((one) => ({ value: one.key, label: one.name }))}
              />
            )}
          </FieldFrame>
          <FieldFrame label="First day">
            {(control) => <DayInput {...control} value={day} onValue={setDay} />}
          </FieldFrame>
        </div>
        {day && (
          <TemplatePreview items={template.items} day={day} zone={zone} roster={roster} left={left} onLeft={setLeft} />
        )}
        {ready && <DraftClashes engagementId={engagement.id} items={chosen.map((item) => draftOf(item, day, zone))} />}
        {org.can('timeline.templates') && (
          <p className="text-xs text-ink-faint">
            <Link
              to="/o/$org/settings/$part"
              params={{ org: org.slug, part: 'schedules' }}
              className="underline hover:text-ink"
            >
              Change what stands in it
            </Link>{' '}
            for everybody, in the settings.
          </p>
        )}
      </div>
      <SubmitFooter onCancel={onDone} busy={apply.isPending} disabled={!ready} error={apply.error}>
        Put {countOfItems(chosen.length)} on the schedule
      </SubmitFooter>
    </form>
  );
}

function draftOf(item: TemplateItem, day: string, zone: string) {
  const { kind, title, forAll, forGroups } = item;
  return { id: null, kind, title, placeId: null, ...timesOn(item, day, zone), forAll, forGroups, personIds: [] };
}

function countOfItems(count: number): string {
  return count === 1 ? '1 item' : `${count} items`;
}
