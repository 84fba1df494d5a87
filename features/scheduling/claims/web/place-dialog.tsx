import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { withArticle } from '#features/organisations/web/word-case.ts';
import type { ClaimStatus } from '../contract.ts';
import { CheckNotes } from './check-notes.tsx';
import {
  claimsOfDraft,
  firstDraft,
  missing,
  zoneOfDraft,
  type PlaceDraft,
  type PlaceStart,
  type PlaceSubject,
} from './place-draft.ts';
import { PlaceRefused } from './place-refused.tsx';
import { PlaceResources } from './place-resources.tsx';
import { PlaceStatusField } from './place-status.tsx';
import { PlaceSubjectField } from './place-subject.tsx';
import { PlaceTimes } from './place-times.tsx';
import { useCheck } from './use-check.ts';
import { usePlace } from './use-place.ts';

interface PlaceDialogProps {
  /** Null when closed. */
  start: PlaceStart | null;
  onClose: () => void;
}

/** Places claims on one or several resources and dates at once: all of them, or none. */
export function PlaceDialog({ start, onClose }: PlaceDialogProps) {
  const title = start?.engagement ? `Add to ${start.engagement.title}` : 'Place on the board';
  return (
    <Dialog open={start !== null} onOpenChange={(open) => !open && onClose()} title={title}>
      {start && <PlaceForm start={start} onClose={onClose} />}
    </Dialog>
  );
}

function PlaceForm({ start, onClose }: { start: PlaceStart; onClose: () => void }) {
  const org = useOrg();
  const [draft, setDraft] = useState(() => firstDraft(start));
  const [tried, setTried] = useState(false);
  const { place, busy, error, conflicts } = usePlace(onClose);
  const change = (part: Partial<PlaceDraft>) => setDraft((now) => ({ ...now, ...part }));
  const choose = (subject: PlaceSubject) => {
    // Blocking is what blocked time is for.
    const blocks = subject.kind === 'blocked' && draft.subject.kind !== 'blocked' && org.can('claims.commit');
    change({ subject, ...(blocks ? { status: 'commit' } : {}) });
  };
  const problem = missing(draft, org);
  const answer = useCheck(claimsOfDraft(draft));
  const submit = (status: ClaimStatus) => {
    setTried(true);
    if (problem) return;
    change({ status });
    void place(draft, status);
  };
  const zone = zoneOfDraft(draft, org);
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        submit(draft.status);
      }}
    >
      <div className="space-y-4 pb-5">
        {!start.engagement && <PlaceSubjectField subject={draft.subject} onSubject={choose} tried={tried} />}
        <PlaceStatusField draft={draft} onStatus={(status) => change({ status })} />
        <PlaceResources chosen={draft.resources} onChosen={(resources) => change({ resources })} />
        <PlaceTimes times={draft.times} zone={zone} onTimes={(times) => change({ times })} />
        {draft.status !== 'commit' && (
          <FieldFrame label="Expires" optional hint="It releases itself then.">
            {(control) => (
              <DateTimeField
                {...control}
                label="Expires"
                zone={zone}
                value={draft.expiresAt}
                onValue={(expiresAt) => change({ expiresAt })}
              />
            )}
          </FieldFrame>
        )}
        <FieldFrame label={draft.subject.kind === 'blocked' ? 'What for' : 'Note'} optional>
          {(control) => (
            <Input
              {...control}
              maxLength={2_000}
              value={draft.note}
              onChange={(event) => change({ note: event.target.value })}
            />
          )}
        </FieldFrame>
        {conflicts.length > 0 && (
          <PlaceRefused conflicts={conflicts} kind={draft.resources[0]?.kind} asked={subjectTitle(draft)} />
        )}
        {error !== null && conflicts.length === 0 && <ErrorNotice error={error} />}
      </div>
      <DialogFooter>
        {/* Beside the buttons, because the form is longer than most screens. */}
        <div aria-live="polite" className="max-h-[24dvh] w-full overflow-y-auto pb-1 empty:hidden">
          {tried && problem ? (
            <p className="text-sm text-danger">{problem}</p>
          ) : (
            conflicts.length === 0 && <CheckNotes answer={answer} status={draft.status} most={4} />
          )}
        </div>
        <Button onClick={onClose}>Cancel</Button>
        {conflicts.length > 0 && draft.status === 'commit' && (
          <Button onClick={() => submit('hold')} busy={busy}>
            Place {withArticle(org.words.hold.one)} instead
          </Button>
        )}
        <Button type="submit" variant="primary" busy={busy}>
          {verb(draft, org.words[draft.status].one)}
        </Button>
      </DialogFooter>
    </form>
  );
}

function verb(draft: PlaceDraft, word: string): string {
  const count = draft.resources.length * draft.times.length;
  if (draft.subject.kind === 'blocked') return 'Block the time';
  return count > 1 ? `Place ${count} × ${word}` : `Place ${word}`;
}

function subjectTitle({ subject, note }: PlaceDraft): string {
  if (subject.kind === 'blocked') return note || 'Blocked time';
  return subject.title ?? '';
}
