import { useState } from 'react';
import { Dialog, SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { claimTitle } from '../claim-words.ts';
import type { Claim } from '../contract.ts';
import type { ClaimChanges } from './use-claim-changes.ts';

interface ReleaseDialogProps {
  /** What to release; null when closed. */
  list: readonly Claim[] | null;
  changes: ClaimChanges;
  onClose: () => void;
}

/** Asks for the reason before claims are released: everyone behind them is told. */
export function ReleaseDialog({ list, changes, onClose }: ReleaseDialogProps) {
  const title =
    list?.length === 1 && list[0] ? `Release ${claimTitle(list[0])}?` : `Release ${list?.length ?? 0} claims?`;
  return (
    <Dialog open={list !== null} onOpenChange={(open) => !open && onClose()} title={title} size="sm">
      {list && <ReleaseForm list={list} changes={changes} onClose={onClose} />}
    </Dialog>
  );
}

function ReleaseForm({ list, changes, onClose }: ReleaseDialogProps & { list: readonly Claim[] }) {
  const { words } = useOrg();
  const [reason, setReason] = useState('');
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null });
  const release = async () => {
    setState({ busy: true, error: null });
    try {
      await changes.release(list, reason.trim());
      onClose();
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        void release();
      }}
    >
      <div className="space-y-3 pb-5">
        <p className="text-sm text-ink-soft">
          The time becomes free. The {words.hold.many} behind move up, and whoever placed them is told.
        </p>
        <FieldFrame label="Reason" optional>
          {(control) => (
            <Input
              {...control}
              autoFocus
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </FieldFrame>
        {state.error !== null && <ErrorNotice error={state.error} />}
      </div>
      <SubmitFooter onCancel={onClose} busy={state.busy} tone="danger">
        Release
      </SubmitFooter>
    </form>
  );
}
