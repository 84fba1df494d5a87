import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ScheduleTemplate } from '../template-fields.ts';
import { ScheduleTemplateEditor } from './schedule-template-editor.tsx';
import { scheduleTemplatesQuery } from './timeline-queries.ts';

/** Schedules to begin with, by pack. Built-in ones may be changed into one's own. */
export function ScheduleTemplateSettings() {
  const org = useOrg();
  const { data, error, refetch } = useQuery(scheduleTemplatesQuery(org.slug));
  const [opened, setOpened] = useState<{ template: ScheduleTemplate | null } | null>(null);
  const used = org.packs.filter((pack) => data?.items.some((one) => one.pack === pack));
  return (
    <Section
      title="Schedules"
      description={`Whole days to begin the schedule of ${org.words.engagement.many} with.`}
      actions={
        <Button variant="primary" onClick={() => setOpened({ template: null })}>
          <Plus aria-hidden /> New schedule
        </Button>
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={4} />}
      <div className="grid gap-5">
        {used.map((pack) => (
          <div key={pack}>
            {used.length > 1 && <h3 className="mb-1.5 text-xs font-semibold text-ink-faint">{packs[pack].label}</h3>}
            <CardList label={packs[pack].label}>
              {data?.items
                .filter((one) => one.pack === pack)
                .map((one) => (
                  <li key={one.key} className="relative flex items-center gap-2 px-4 py-2.5 text-sm hover:bg-hover/50">
                    <button
                      type="button"
                      onClick={() => setOpened({ template: one })}
                      className="min-w-0 flex-1 truncate text-left font-medium after:absolute after:inset-0"
                      title={one.name}
                    >
                      {one.name}
                    </button>
                    {one.builtIn && one.version === 0 && <Badge tone="outline">Built in</Badge>}
                    <span className="w-16 text-right text-ink-faint tabular-nums">
                      {one.items.length} {one.items.length === 1 ? 'item' : 'items'}
                    </span>
                  </li>
                ))}
            </CardList>
          </div>
        ))}
      </div>
      <Dialog
        open={opened !== null}
        onOpenChange={(open) => !open && setOpened(null)}
        title={opened?.template?.name ?? 'New schedule'}
        size="lg"
      >
        {opened && (
          <ScheduleTemplateEditor
            key={opened.template?.key ?? 'new'}
            template={opened.template}
            onDone={() => setOpened(null)}
          />
        )}
      </Dialog>
    </Section>
  );
}
