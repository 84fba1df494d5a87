import { useQuery } from '@tanstack/react-query';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { CountNote, PackTemplateSettings } from '#features/organisations/web/pack-template-settings.tsx';
import { ScheduleTemplateEditor } from './schedule-template-editor.tsx';
import { scheduleTemplatesQuery } from './timeline-queries.ts';

/** Schedules to begin with, by pack. */
export function ScheduleTemplateSettings() {
  const org = useOrg();
  const { data, ...query } = useQuery(scheduleTemplatesQuery(org.slug));
  return (
    <PackTemplateSettings
      title="Schedules"
      description={`Whole days to begin the schedule of ${org.words.engagement.many} with.`}
      noun="schedule"
      templates={{ ...query, data: data?.items }}
      renderNote={({ items }) => <CountNote count={items.length} one="item" />}
      renderEditor={(template, onDone) => (
        <ScheduleTemplateEditor key={template?.key ?? 'new'} template={template} onDone={onDone} />
      )}
    />
  );
}
