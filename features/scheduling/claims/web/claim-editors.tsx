import { useState, type ReactNode } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input, Textarea } from '#platform/ui/input.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Claim } from '../contract.ts';
import type { ClaimChanges } from './use-claim-changes.ts';

interface EditorProps {
  claim: Claim;
  changes: ClaimChanges;
  onClose: () => void;
}

export function NoteEditor({ claim, changes, onClose }: EditorProps) {
  const [note, setNote] = useState(claim.note);
  return (
    <Editor onClose={onClose} save={() => changes.change(claim, { note })}>
      <FieldFrame
        label="Note"
        hint={claim.engagementId === null ? 'Shown on the board as what the time is blocked for.' : undefined}
      >
        {(control) => (
          <Textarea
            {...control}
            autoFocus
            maxLength={2_000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </FieldFrame>
    </Editor>
  );
}

export function ExpiryEditor({ claim, changes, onClose }: EditorProps) {
  const [expiresAt, setExpiresAt] = useState(claim.expiresAt);
  const past = expiresAt !== null && Date.parse(expiresAt) <= Date.now();
  return (
    <Editor onClose={onClose} disabled={past} save={() => changes.change(claim, { expiresAt })}>
      <FieldFrame
        label="Expires"
        hint="It releases itself then, and those behind move up."
        error={past ? 'Choose a time to come.' : undefined}
      >
        {(control) => (
          <DateTimeField {...control} label="Expires" zone={claim.zone} value={expiresAt} onValue={setExpiresAt} />
        )}
      </FieldFrame>
      {claim.expiresAt && (
        <Button variant="link" size="sm" onClick={() => setExpiresAt(null)}>
          Keep it until it is released
        </Button>
      )}
    </Editor>
  );
}

export function RankEditor({ claim, changes, onClose }: EditorProps) {
  const { words } = useOrg();
  const [rank, setRank] = useState(String(claim.rank ?? 1));
  const wanted = Number(rank);
  const valid = Number.isInteger(wanted) && wanted >= 1 && wanted <= 100;
  return (
    <Editor onClose={onClose} disabled={!valid} save={() => changes.setRank(claim, wanted)}>
      <FieldFrame
        label="Rank"
        hint={`1 is the first ${words.hold.one}. The others close up.`}
        error={valid ? undefined : 'A number from 1 to 100.'}
      >
        {(control) => (
          <Input
            {...control}
            autoFocus
            type="number"
            min={1}
            max={100}
            value={rank}
            onChange={(event) => setRank(event.target.value)}
          />
        )}
      </FieldFrame>
    </Editor>
  );
}

interface FrameProps {
  children: ReactNode;
  save: () => Promise<unknown>;
  onClose: () => void;
  disabled?: boolean;
}

function Editor({ children, save, onClose, disabled }: FrameProps) {
  return (
    <form
      className="space-y-3 p-1"
      onSubmit={(event) => {
        event.preventDefault();
        onClose();
        void save();
      }}
    >
      {children}
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" type="submit" disabled={disabled}>
          Save
        </Button>
      </div>
    </form>
  );
}
