import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronDown, EllipsisVertical, Plus, Printer, Send } from 'lucide-react';
import { useChange } from '#platform/client/use-change.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { advanceUrl } from '#features/documents/web/document-kinds.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { advanceApi, advanceTables, advanceTemplatesQuery } from './advance-queries.ts';

export type AdvanceDialog = 'send' | 'add' | 'copy' | 'settings';

interface AdvanceActionsProps {
  engagement: Engagement;
  /** There is nothing to send or print yet. */
  empty: boolean;
  onDialog: (dialog: AdvanceDialog) => void;
}

/** What can be done with the advance as a whole. */
export function AdvanceActions({ engagement, empty, onDialog }: AdvanceActionsProps) {
  const org = useOrg();
  const writes = org.can('advance.write');
  return (
    <div className="flex flex-wrap gap-2">
      {!empty && org.can('documents.read') && (
        <Button asChild size="sm">
          <a href={advanceUrl(org.slug, engagement.id)} target="_blank" rel="noreferrer">
            <Printer aria-hidden /> Print
          </a>
        </Button>
      )}
      {writes && <FromChecklist engagement={engagement} onCopy={() => onDialog('copy')} />}
      {writes && (
        <Button size="sm" onClick={() => onDialog('add')}>
          <Plus aria-hidden /> Item
        </Button>
      )}
      {!empty && org.can('advance.send') && (
        <Button size="sm" variant="primary" onClick={() => onDialog('send')}>
          <Send aria-hidden /> Send
        </Button>
      )}
      {org.can('advance.send') && (
        <Menu
          trigger={
            <IconButton size="icon-sm" label="More about the advance">
              <EllipsisVertical aria-hidden />
            </IconButton>
          }
        >
          <MenuItem onSelect={() => onDialog('settings')}>Dates and reminders…</MenuItem>
        </Menu>
      )}
    </div>
  );
}

interface FromChecklistProps {
  engagement: Engagement;
  onCopy: () => void;
  /** The first step, where there is nothing yet. */
  primary?: boolean;
}

/** Adds a checklist's items; those that are there already stay as they are. */
export function FromChecklist({ engagement, onCopy, primary = false }: FromChecklistProps) {
  const org = useOrg();
  const toast = useToast();
  const { data } = useQuery(advanceTemplatesQuery(org.slug));
  const apply = useChange(org.slug, advanceTables, (key: string, call) =>
    advanceApi.useTemplate({ org: org.slug, params: { id: engagement.id }, body: { key } }, call),
  );
  const lists = (data?.items ?? []).filter((list) => list.pack === engagement.pack);
  const use = (key: string, name: string) =>
    apply.mutate(key, {
      onSuccess: ({ created }) =>
        toast({
          tone: 'good',
          title:
            created > 0
              ? `${created} ${created === 1 ? 'item' : 'items'} from “${name}”`
              : `Everything from “${name}” is here already`,
        }),
      onError: (error) => toast({ tone: 'danger', title: 'Nothing was added', detail: errorText(error) }),
    });
  return (
    <Menu
      align={primary ? 'center' : 'end'}
      trigger={
        <Button size={primary ? 'md' : 'sm'} variant={primary ? 'primary' : 'secondary'} busy={apply.isPending}>
          {primary ? 'Begin with a checklist' : 'Checklist'} <ChevronDown aria-hidden />
        </Button>
      }
    >
      <MenuLabel>Add what there is to settle for a…</MenuLabel>
      {lists.map(({ key, name, items }) => (
        <MenuItem key={key} onSelect={() => use(key, name)}>
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className="text-xs text-ink-faint tabular-nums">{items.length}</span>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={onCopy}>Copy from another {org.words.engagement.one}…</MenuItem>
      {org.can('advance.templates') && (
        <MenuItem asChild>
          <Link to="/o/$org/settings/$part" params={{ org: org.slug, part: 'advance' }}>
            Change the checklists…
          </Link>
        </MenuItem>
      )}
    </Menu>
  );
}
