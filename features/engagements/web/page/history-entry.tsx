import { useNavigate } from '@tanstack/react-router';
import { Ellipsis, History, Undo2 } from 'lucide-react';
import { useChange } from '#platform/client/use-change.ts';
import { formatAgo, formatTime } from '#platform/time/format.ts';
import { IconButton } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { Change } from '#features/history/contract.ts';
import { historyApi } from '#features/history/web/history-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';

interface HistoryEntryProps {
  engagementId: string;
  change: Change;
  sentence: string;
  /** Made after the time that is looked at. */
  later: boolean;
  /** The time that is looked at is this change's. */
  current: boolean;
}

/** One change: who did what and when, with the ways back. */
export function HistoryEntry({ engagementId, change, sentence, later, current }: HistoryEntryProps) {
  const org = useOrg();
  const who = change.realActorName ? `${change.realActorName} (support)` : change.actorName;
  return (
    <li
      aria-current={current || undefined}
      className={cn(
        '-mx-2 flex items-start gap-2 rounded-md px-2 py-1 text-sm',
        later && 'text-ink-faint',
        current && 'bg-hold-soft text-on-hold-soft',
      )}
    >
      <div className="flex min-w-0 flex-1 flex-wrap gap-x-3 py-0.5">
        <span className="min-w-0 flex-1 basis-72 break-words">
          <span className="font-medium">{who}</span> {sentence}
          {change.reason && <span className={later ? '' : 'text-ink-soft'}>: “{change.reason}”</span>}
        </span>
        <time
          dateTime={change.at}
          title={formatTime(change.at, org.zone, 'dateTime')}
          className={cn('shrink-0 tabular-nums', !current && 'text-ink-faint')}
        >
          {formatAgo(change.at)}
        </time>
      </div>
      <Actions engagementId={engagementId} change={change} sentence={sentence} />
    </li>
  );
}

function Actions({ engagementId, change, sentence }: Pick<HistoryEntryProps, 'engagementId' | 'change' | 'sentence'>) {
  const org = useOrg();
  const toast = useToast();
  const navigate = useNavigate();
  const undo = useChange(org.slug, ['engagements', 'claims'], (changeId: number, call) =>
    historyApi.undo({ org: org.slug, params: { changeId }, body: {} }, call),
  );
  const undoNow = () =>
    undo.mutate(change.id, {
      onSuccess: ({ done }) => toast({ tone: 'good', title: 'Undone', detail: done }),
      onError: (error) => toast({ tone: 'danger', title: 'Not undone', detail: errorText(error) }),
    });
  const mayUndo = change.entity === 'claims' ? org.can('claims.hold') : org.can('engagements.write');
  return (
    <Menu
      trigger={
        <IconButton label={`Go back: ${sentence}`} size="icon-sm" disabled={undo.isPending}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem
        onSelect={() =>
          void navigate({
            to: '/o/$org/engagements/$id',
            params: { org: org.slug, id: engagementId },
            search: { at: change.at },
          })
        }
      >
        <History aria-hidden /> As it was right after this
      </MenuItem>
      {change.undoable && mayUndo && (
        <MenuItem onSelect={undoNow}>
          <Undo2 aria-hidden /> Undo this
        </MenuItem>
      )}
    </Menu>
  );
}
