import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { IconButton } from '#platform/ui/button.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import type { Need } from '../contract.ts';
import type { NeedRows } from '../grid-rules.ts';

export type SeatsDialog =
  | { kind: 'formula' }
  | { kind: 'create' }
  | { kind: 'edit'; need: Need }
  | { kind: 'remove'; need: Need; people: number };

interface NeedHeadProps {
  rows: NeedRows;
  /** What else can be done about a need with open seats, such as calling for it. */
  renderNeedActions?: ((need: Need) => ReactNode) | undefined;
  onDialog: (dialog: SeatsDialog) => void;
}

/** A need's title, how it stands, and what can be done. */
export function NeedHead({ rows: { need, seats, open }, renderNeedActions, onDialog }: NeedHeadProps) {
  const org = useOrg();
  return (
    <div className="flex min-h-7 min-w-0 items-center gap-1">
      <p
        className="min-w-0 flex-1 truncate text-sm font-medium"
        title={[need.title, need.notes].filter(Boolean).join(': ')}
      >
        {need.title}
      </p>
      <span className="shrink-0 text-xs font-normal text-ink-faint tabular-nums">
        {seats === 0 ? (
          `× ${need.quantity}`
        ) : (
          <>
            {seats - open}/{seats}
            <span className="sr-only"> filled</span>
          </>
        )}
      </span>
      {open > 0 && renderNeedActions?.(need)}
      {org.can('needs.write') && (
        <Menu
          trigger={
            <IconButton label={`More for ${need.title}`} size="icon-sm">
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          <MenuItem onSelect={() => onDialog({ kind: 'edit', need })}>
            <Pencil aria-hidden /> Edit…
          </MenuItem>
          <MenuItem tone="danger" onSelect={() => onDialog({ kind: 'remove', need, people: seats - open })}>
            <Trash2 aria-hidden /> Remove…
          </MenuItem>
        </Menu>
      )}
    </div>
  );
}
