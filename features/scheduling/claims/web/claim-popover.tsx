import { Popover } from 'radix-ui';
import { useMemo, useRef } from 'react';
import type { Claim } from '../contract.ts';
import { ClaimActions } from './claim-actions.tsx';
import { ClaimFacts } from './claim-card.tsx';
import type { ClaimChanges } from './use-claim-changes.ts';

interface ClaimPopoverProps {
  claim: Claim;
  resourceName: string;
  inFront: Claim | null;
  /** Where on the page it was pressed. */
  x: number;
  y: number;
  changes: ClaimChanges;
  onRelease: (claim: Claim) => void;
  onClose: () => void;
  /** Gives the focus back to the board. */
  onClosed: () => void;
}

/** A claim's details and actions beside where it was pressed. */
export function ClaimPopover({
  claim,
  resourceName,
  inFront,
  x,
  y,
  changes,
  onRelease,
  onClose,
  onClosed,
}: ClaimPopoverProps) {
  const point = useMemo(() => ({ getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }), [x, y]);
  const anchor = useRef(point);
  anchor.current = point;
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          aria-label={`About ${claim.engagementTitle ?? 'blocked time'}`}
          align="start"
          sideOffset={10}
          collisionPadding={12}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClosed();
          }}
          className="z-30 flex max-h-[var(--radix-popover-content-available-height)] w-80 max-w-[calc(100vw-24px)] animate-appear flex-col overflow-y-auto rounded-lg bg-raised shadow-float outline-none"
        >
          <div className="border-b border-line px-3.5 py-3">
            <ClaimFacts claim={claim} resourceName={resourceName} />
          </div>
          <div className="p-1.5">
            <ClaimActions claim={claim} inFront={inFront} changes={changes} onRelease={onRelease} onDone={onClose} />
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
