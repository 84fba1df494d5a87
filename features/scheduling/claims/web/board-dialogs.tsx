import { useCallback, useEffect, useEffectEvent, useRef } from 'react';
import type { Resource } from '../../resources/contract.ts';
import type { Claim } from '../contract.ts';
import { AgeingDialog } from './ageing-dialog.tsx';
import { ClaimPopover } from './claim-popover.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { holdInFront } from './hold-in-front.ts';
import { HoldsTextDialog } from './holds-text-dialog.tsx';
import { PlaceDialog } from './place-dialog.tsx';
import type { PlaceStart } from './place-draft.ts';
import { ReleaseDialog } from './release-dialog.tsx';
import type { ClaimChanges } from './use-claim-changes.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';

export type OpenDialog =
  | { type: 'place'; start: PlaceStart }
  | { type: 'claim'; claimId: string; resourceName: string; x: number; y: number }
  | { type: 'release'; list: readonly Claim[] }
  | { type: 'text'; span: { from: number; to: number } }
  | { type: 'ageing' };

interface BoardDialogsProps {
  open: OpenDialog | null;
  onOpen: (open: OpenDialog | null) => void;
  claims: readonly Claim[];
  resources: readonly Resource[];
  selected: readonly string[];
  changes: ClaimChanges;
  onShow: (time: number) => void;
  onFocusBoard: () => void;
}

/** Whatever stands over the board; one at a time. */
export function BoardDialogs({
  open,
  onOpen,
  claims,
  resources,
  selected,
  changes,
  onShow,
  onFocusBoard,
}: BoardDialogsProps) {
  const org = useOrg();
  const close = useCallback(() => onOpen(null), [onOpen]);
  useFocusAfter(open !== null || changes.refusal !== null, onFocusBoard);
  const zoneOf = (resourceId: string) => resources.find(({ id }) => id === resourceId)?.zone ?? org.zone;
  const claim = open?.type === 'claim' ? claims.find(({ id }) => id === open.claimId) : undefined;
  return (
    <>
      <PlaceDialog start={open?.type === 'place' ? open.start : null} onClose={close} />
      {open?.type === 'claim' && claim && (
        <ClaimPopover
          {...open}
          claim={claim}
          inFront={holdInFront(claim, claims)}
          changes={changes}
          onRelease={(released) => onOpen({ type: 'release', list: [released] })}
          onClose={close}
          onClosed={onFocusBoard}
        />
      )}
      <ReleaseDialog list={open?.type === 'release' ? open.list : null} changes={changes} onClose={close} />
      <HoldsTextDialog span={open?.type === 'text' ? open.span : null} resourceIds={selected} onClose={close} />
      <AgeingDialog
        open={open?.type === 'ageing'}
        onClose={close}
        onShow={(startsAt) => {
          close();
          onShow(Date.parse(startsAt));
        }}
      />
      <ConflictDialog refusal={changes.refusal} onClose={changes.closeRefusal} zoneOf={zoneOf} />
    </>
  );
}

/** Dialogs that no button opened give the focus to nobody when they close. */
function useFocusAfter(busy: boolean, focus: () => void): void {
  const wasBusy = useRef(false);
  const giveFocus = useEffectEvent(focus);
  useEffect(() => {
    if (busy) wasBusy.current = true;
    if (busy || !wasBusy.current) return undefined;
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) giveFocus();
    }, 50);
    return () => clearTimeout(timer);
  }, [busy]);
}
