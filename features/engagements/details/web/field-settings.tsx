import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { withArticle } from '#features/organisations/web/word-case.ts';
import type { DetailSet } from '../contract.ts';
import { detailSetsQuery } from './detail-queries.ts';
import { FieldsEditor } from './fields-editor.tsx';
import { kindLabels } from './detail-kind-labels.ts';

/** What an organisation writes down about its engagements, by pack. */
export function FieldSettings() {
  const org = useOrg();
  const { data, error, refetch } = useQuery(detailSetsQuery(org.slug));
  const [opened, setOpened] = useState<DetailSet | null>(null);
  return (
    <>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={6} />}
      {data?.items.map((set) => (
        <Section
          key={set.pack}
          title={data.items.length > 1 ? `Fields: ${packs[set.pack].label}` : 'Fields'}
          description={`What is written down about ${withArticle(packs[set.pack].words.engagement.one)}, beside its title, time and place.`}
          actions={<Button onClick={() => setOpened(set)}>Edit fields</Button>}
        >
          <CardList label={`Fields of ${packs[set.pack].label}`}>
            {set.fields.map((field) => (
              <li key={field.key} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm">
                <span className="min-w-0 flex-1 break-words">{field.label}</span>
                {!field.shared && <Badge tone="outline">Team only</Badge>}
                <span className="w-24 text-right text-ink-faint">{kindLabels[field.kind]}</span>
              </li>
            ))}
          </CardList>
          {set.fields.length === 0 && <p className="text-sm text-ink-faint">No fields. Add what you want to know.</p>}
        </Section>
      ))}
      <Dialog
        open={opened !== null}
        onOpenChange={(open) => !open && setOpened(null)}
        title={opened ? `Fields: ${packs[opened.pack].label}` : 'Fields'}
        size="lg"
      >
        {opened && <FieldsEditor key={opened.pack} set={opened} onDone={() => setOpened(null)} />}
      </Dialog>
    </>
  );
}
