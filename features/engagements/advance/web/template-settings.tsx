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
import type { AdvanceTemplate } from '../contract.ts';
import { advanceTemplatesQuery } from './advance-queries.ts';
import { TemplateEditor } from './template-editor.tsx';

/** The checklists that advances begin with, by pack. Built-in ones may be changed into one's own. */
export function AdvanceTemplateSettings() {
  const org = useOrg();
  const { data, error, refetch } = useQuery(advanceTemplatesQuery(org.slug));
  const [opened, setOpened] = useState<{ list: AdvanceTemplate | null } | null>(null);
  const used = org.packs.filter((pack) => data?.items.some((list) => list.pack === pack));
  return (
    <Section
      title="Advance checklists"
      description="What is usually settled with the other side before the day. Advances begin with one, and are changed from there."
      actions={
        <Button variant="primary" onClick={() => setOpened({ list: null })}>
          <Plus aria-hidden /> New checklist
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
                .filter((list) => list.pack === pack)
                .map((list) => (
                  <li key={list.key} className="relative flex items-center gap-2 px-4 py-2.5 text-sm hover:bg-hover/50">
                    <button
                      type="button"
                      onClick={() => setOpened({ list })}
                      className="min-w-0 flex-1 truncate text-left font-medium after:absolute after:inset-0"
                      title={list.name}
                    >
                      {list.name}
                    </button>
                    {list.builtIn && list.version === 0 && <Badge tone="outline">Built in</Badge>}
                    <span className="w-16 text-right text-ink-faint tabular-nums">
                      {list.items.length} {list.items.length === 1 ? 'item' : 'items'}
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
        title={opened?.list?.name ?? 'New checklist'}
        size="lg"
      >
        {opened && <TemplateEditor key={opened.list?.key ?? 'new'} list={opened.list} onDone={() => setOpened(null)} />}
      </Dialog>
    </Section>
  );
}
