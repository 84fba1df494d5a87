import { Ban, CircleStop, Ellipsis, Pause, Play, RotateCcw, Settings2, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem, MenuSeparator } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Cascade } from '../cascade-contract.ts';
import { callsApi, callTables } from './call-queries.ts';

export type CascadeDialog = { kind: 'halt' | 'cancel' | 'settings' | 'add'; cascade: Cascade };

type Turn = 'pause' | 'resume' | 'lookAgain';

interface CascadeMenuProps {
  cascade: Cascade;
  onDialog: (dialog: CascadeDialog) => void;
}

/** What can be done with a round of calls, each with what it means. */
export function CascadeMenu({ cascade, onDialog }: CascadeMenuProps) {
  const org = useOrg();
  const toast = useToast();
  const turn = useChange(org.slug, callTables, (what: Turn, call) =>
    callsApi[what]({ org: org.slug, params: { id: cascade.id }, body: {} }, call).then(() => undefined),
  );
  if (!org.can('calls.run')) return null;
  const { state } = cascade;
  const live = state === 'running' || state === 'paused';
  const doTurn = (what: Turn) =>
    turn.mutate(what, {
      onError: (failure) => toast({ tone: 'danger', title: 'That didn’t work', detail: errorText(failure) }),
    });
  const open = (kind: CascadeDialog['kind']) => onDialog({ kind, cascade });
  return (
    <>
      {state === 'running' && (
        <Button size="sm" busy={turn.isPending} onClick={() => doTurn('pause')}>
          <Pause aria-hidden /> Pause
        </Button>
      )}
      {state === 'paused' && (
        <Button size="sm" variant="primary" busy={turn.isPending} onClick={() => doTurn('resume')}>
          <Play aria-hidden /> Resume
        </Button>
      )}
      {state === 'halted' && (cascade.counts.open ?? 0) > 0 && (
        <Button size="sm" onClick={() => open('cancel')}>
          <Ban aria-hidden /> Take open calls back…
        </Button>
      )}
      {(live || (state === 'exhausted' && !cascade.needDropped)) && (
        <Menu
          className="w-80"
          trigger={
            <IconButton size="icon-sm" label={`More about the calls for ${cascade.needTitle}`}>
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          <Item
            icon={<UserPlus aria-hidden />}
            label="Add people…"
            hint="Behind the others, or next."
            onSelect={() => open('add')}
          />
          {(cascade.counts.skipped ?? 0) > 0 && (
            <Item
              icon={<RotateCcw aria-hidden />}
              label="Look again at who was passed over"
              hint="Whoever can be asked by now is, in their turn. Those you passed over yourself stay so."
              onSelect={() => doTurn('lookAgain')}
            />
          )}
          {live && (
            <>
              <Item
                icon={<Settings2 aria-hidden />}
                label="Settings…"
                hint="They hold for what is sent from now on."
                onSelect={() => open('settings')}
              />
              <MenuSeparator />
              <Item
                icon={<CircleStop aria-hidden />}
                label="Halt…"
                hint="Nobody else is asked. Who was asked may still answer."
                onSelect={() => open('halt')}
              />
              <Item
                tone="danger"
                icon={<Ban aria-hidden />}
                label="Halt and cancel…"
                hint="Nobody else is asked, open calls are taken back, and those people are told."
                onSelect={() => open('cancel')}
              />
            </>
          )}
        </Menu>
      )}
    </>
  );
}

interface ItemProps {
  icon: ReactNode;
  label: string;
  hint: string;
  tone?: 'danger';
  onSelect: () => void;
}

function Item({ icon, label, hint, tone, onSelect }: ItemProps) {
  return (
    <MenuItem onSelect={onSelect} {...(tone && { tone })} className="items-start">
      <span className="mt-0.5">{icon}</span>
      <span className="min-w-0">
        {label}
        <span className="block text-xs text-ink-faint">{hint}</span>
      </span>
    </MenuItem>
  );
}
