import { useQuery } from '@tanstack/react-query';
import { ClipboardCheck } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '#platform/ui/dialog.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Section } from '#platform/ui/table.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { progressOf, sectionsOf } from '../rules.ts';
import { differs } from '../schedule-rules.ts';
import { AdvanceActions, FromChecklist, type AdvanceDialog } from './advance-actions.tsx';
import { advanceQuery } from './advance-queries.ts';
import { AdvanceSettings } from './advance-settings.tsx';
import { CopyAdvance } from './copy-dialog.tsx';
import { ItemForm } from './item-form.tsx';
import { ItemPanel } from './item-panel.tsx';
import { ItemSections } from './item-sections.tsx';
import { progressWords } from './item-words.ts';
import { LinkList } from './link-list.tsx';
import { SendAdvance } from './send-dialog.tsx';

const filters = [
  { value: 'all', label: 'All' },
  { value: 'answered', label: 'To agree' },
  { value: 'open', label: 'Open' },
  { value: 'problem', label: 'Problems' },
] as const;
type Filter = (typeof filters)[number]['value'];

/** What is settled with the other side before the day. */
export function AdvanceTab({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const { data, error, refetch, isPending } = useQuery(advanceQuery(org.slug, engagement.id));
  const [dialog, setDialog] = useState<AdvanceDialog | null>(null);
  const [openedId, setOpenedId] = useState<string | null>(null);
  const [filter, setFilter] = useState<Filter>('all');
  const items = data?.items ?? [];
  const sections = sectionsOf(items).map(({ section }) => section);
  const shown = filter === 'all' ? items : items.filter(({ state }) => state === filter);
  const differing = items.filter(({ id, answer }) =>
    differs(answer, data?.schedule.filter(({ itemId }) => itemId === id) ?? []),
  );
  const empty = items.length === 0;
  const writes = org.can('advance.write');
  return (
    <Section
      title="Advance"
      description={empty ? undefined : progressWords(progressOf(items), differing.length)}
      actions={<AdvanceActions engagement={engagement} empty={empty} onDialog={setDialog} />}
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <SkeletonRows rows={6} />}
      {data && empty && (
        <EmptyState
          icon={ClipboardCheck}
          title="Nothing to settle yet"
          className="py-10"
          actions={writes && <FromChecklist engagement={engagement} onCopy={() => setDialog('copy')} primary />}
        >
          {writes
            ? 'Begin with a checklist of what is usually settled. Then send it: the other side answers on a page that needs no sign-in.'
            : 'What is settled with the other side will stand here.'}
        </EmptyState>
      )}
      {data && !empty && (
        <div className="grid gap-5">
          <LinkList links={data.links} />
          <Segmented label="Show" value={filter} onValue={setFilter} options={filters} className="justify-self-start" />
          {shown.length === 0 && (
            <p className="text-sm text-ink-soft">
              {filter === 'answered' && 'There is nothing to agree to.'}
              {filter === 'open' && 'Everything is answered.'}
              {filter === 'problem' && 'Nobody sees a problem.'}
            </p>
          )}
          <ItemSections items={shown} movable={writes && filter === 'all'} onOpen={setOpenedId} />
        </div>
      )}
      <ItemPanel
        item={items.find(({ id }) => id === openedId) ?? null}
        sections={sections}
        onClose={() => setOpenedId(null)}
      />
      {data && (
        <Dialog
          open={dialog !== null}
          onOpenChange={(open) => !open && setDialog(null)}
          title={dialogTitles[dialog ?? 'add']}
          description={
            dialog === 'send' ? 'They get a mail with a link of their own; no sign-in is needed.' : undefined
          }
        >
          {dialog === 'send' && <SendAdvance engagementId={engagement.id} onDone={() => setDialog(null)} />}
          {dialog === 'copy' && <CopyAdvance engagementId={engagement.id} onDone={() => setDialog(null)} />}
          {dialog === 'add' && (
            <ItemForm item={null} engagementId={engagement.id} sections={sections} onDone={() => setDialog(null)} />
          )}
          {dialog === 'settings' && (
            <AdvanceSettings engagementId={engagement.id} settings={data.settings} onDone={() => setDialog(null)} />
          )}
        </Dialog>
      )}
    </Section>
  );
}

const dialogTitles: Readonly<Record<AdvanceDialog, string>> = {
  send: 'Send the advance',
  add: 'One more item',
  copy: 'Copy an advance',
  settings: 'Dates and reminders',
};
