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
import type { ContractTemplate } from '../contract.ts';
import { contractTemplatesQuery } from './contract-queries.ts';
import { ContractEditor } from './contract-editor.tsx';

/** The wordings that contracts are made from, by pack. Built-in ones may be changed into one's own. */
export function ContractSettings() {
  const org = useOrg();
  const { data, error, refetch } = useQuery(contractTemplatesQuery(org.slug));
  const [opened, setOpened] = useState<{ template: ContractTemplate | null } | null>(null);
  const used = org.packs.filter((pack) => data?.items.some((each) => each.pack === pack));
  return (
    <Section
      title="Contracts"
      description="Wordings of contracts, letters and orders. Those that come with Holdfast are plain sentences to begin with and no legal advice: have them looked at by somebody who knows your law."
      actions={
        <Button variant="primary" onClick={() => setOpened({ template: null })}>
          <Plus aria-hidden /> New wording
        </Button>
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={3} />}
      <div className="grid gap-5">
        {used.map((pack) => (
          <div key={pack}>
            {used.length > 1 && <h3 className="mb-1.5 text-xs font-semibold text-ink-faint">{packs[pack].label}</h3>}
            <CardList label={packs[pack].label}>
              {data?.items
                .filter((each) => each.pack === pack)
                .map((each) => (
                  <li key={each.key} className="relative flex items-center gap-2 px-4 py-2.5 text-sm hover:bg-hover/50">
                    <button
                      type="button"
                      onClick={() => setOpened({ template: each })}
                      className="min-w-0 flex-1 truncate text-left font-medium after:absolute after:inset-0"
                      title={each.name}
                    >
                      {each.name}
                    </button>
                    {each.builtIn && each.version === 0 && <Badge tone="outline">Built in</Badge>}
                  </li>
                ))}
            </CardList>
          </div>
        ))}
      </div>
      <Dialog
        open={opened !== null}
        onOpenChange={(open) => !open && setOpened(null)}
        title={opened?.template?.name ?? 'New wording'}
        size="lg"
      >
        {opened && data && (
          <ContractEditor
            key={opened.template?.key ?? 'new'}
            template={opened.template}
            variables={data.variables}
            onDone={() => setOpened(null)}
          />
        )}
      </Dialog>
    </Section>
  );
}
