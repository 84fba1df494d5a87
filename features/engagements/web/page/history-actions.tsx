import { useNavigate } from '@tanstack/react-router';
import { Ellipsis, History, Undo2 } from 'lucide-react';
import { useChange } from '#platform/client/use-change.ts';
import { IconButton } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { toldTables } from '#features/history/activity-rules.ts';
import type { Activity } from '#features/history/contract.ts';
import { historyApi } from '#features/history/web/history-queries.ts';
import { undoPermission } from '#features/history/undo-rules.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';

interface HistoryActionsProps {
  engagementId: string;
  change: Pick<Activity, 'id' | 'at' | 'entity' | 'undoable'>;
  sentence: string;
}

/** The ways back from one change. */
export function HistoryActions({ engagementId, change, sentence }: HistoryActionsProps) {
  const org = useOrg();
  const toast = useToast();
  const navigate = useNavigate();
  const undo = useChange(org.slug, toldTables, (changeId: number, call) =>
    historyApi.undo({ org: org.slug, params: { changeId }, body: {} }, call),
  );
  const undoNow = () =>
    undo.mutate(change.id, {
      onSuccess: ({ done }) => toast({ tone: 'good', title: 'Undone', detail: done }),
      onError: (error) => toast({ tone: 'danger', title: 'Not undone', detail: errorText(error) }),
    });
  const needs = undoPermission(change.entity);
  const mayUndo = needs !== undefined && org.can(needs);
  return (
    <Menu
      trigger={
        <IconButton label={`Go back: ${sentence}`} size="icon-sm">
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
        <MenuItem disabled={undo.isPending} onSelect={undoNow}>
          <Undo2 aria-hidden /> Undo this
        </MenuItem>
      )}
    </Menu>
  );
}
