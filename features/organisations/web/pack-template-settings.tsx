import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import type { PackName } from '../packs/pack.ts';
import { packs } from '../packs/packs.ts';
import { useOrg } from './org-context.tsx';

/** Something to begin with that comes with a pack, or that the organisation wrote itself. */
export interface PackTemplate {
  key: string;
  name: string;
  pack: PackName;
  builtIn: boolean;
  /** 0: as it comes with Holdfast. */
  version: number;
}

interface PackTemplateSettingsProps<T extends PackTemplate> {
  title: string;
  description: string;
  /** What one is called: “checklist”. */
  noun: string;
  templates: { data: readonly T[] | undefined; error: Error | null; refetch: () => unknown };
  /** At the end of its row: “12 items”. */
  renderNote?: (template: T) => ReactNode;
  /** Edits one, or a new one when null. */
  renderEditor: (template: T | null, onDone: () => void) => ReactNode;
}

/** Templates by pack, each opened in a dialog. Built-in ones may be changed into one's own. */
export function PackTemplateSettings<T extends PackTemplate>({
  title,
  description,
  noun,
  templates: { data, error, refetch },
  renderNote,
  renderEditor,
}: PackTemplateSettingsProps<T>) {
  const org = useOrg();
  const [opened, setOpened] = useState<{ template: T | null } | null>(null);
  const used = org.packs.filter((pack) => data?.some((one) => one.pack === pack));
  return (
    <Section
      title={title}
      description={description}
      actions={
        <Button variant="primary" onClick={() => setOpened({ template: null })}>
          <Plus aria-hidden /> New {noun}
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
              {data
                ?.filter((one) => one.pack === pack)
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
                    {renderNote?.(one)}
                  </li>
                ))}
            </CardList>
          </div>
        ))}
      </div>
      <Dialog
        open={opened !== null}
        onOpenChange={(open) => !open && setOpened(null)}
        title={opened?.template?.name ?? `New ${noun}`}
        size="lg"
      >
        {opened && renderEditor(opened.template, () => setOpened(null))}
      </Dialog>
    </Section>
  );
}

/** “12 items”, in a column of its own. */
export function CountNote({ count, one }: { count: number; one: string }) {
  return (
    <span className="w-16 text-right text-ink-faint tabular-nums">
      {count} {count === 1 ? one : `${one}s`}
    </span>
  );
}
