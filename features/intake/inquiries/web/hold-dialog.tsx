import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { CheckNotes } from '#features/scheduling/claims/web/check-notes.tsx';
import { boardResourcesQuery } from '#features/scheduling/claims/web/claim-queries.ts';
import { conflictsOf } from '#features/scheduling/claims/web/conflict-list.tsx';
import { claimsOfDraft, missing, zoneOfDraft, type PlaceDraft } from '#features/scheduling/claims/web/place-draft.ts';
import { PlaceRefused } from '#features/scheduling/claims/web/place-refused.tsx';
import { PlaceResources } from '#features/scheduling/claims/web/place-resources.tsx';
import { PlaceTimes } from '#features/scheduling/claims/web/place-times.tsx';
import { useCheck } from '#features/scheduling/claims/web/use-check.ts';
import type { Resource } from '#features/scheduling/resources/contract.ts';
import type { Inquiry } from '../inquiry-contract.ts';
import { inquiriesApi, inquiryTables } from './inquiry-queries.ts';

interface HoldDialogProps {
  inquiry: Inquiry;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Holds one or several places and dates for an inquiry, beginning with what was asked for. */
export function HoldDialog({ inquiry, open, onOpenChange }: HoldDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Hold times for ${inquiry.title}`}>
      <HoldStart inquiry={inquiry} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

/** The place that was asked for must be known before the form begins with it. */
function HoldStart({ inquiry, onDone }: { inquiry: Inquiry; onDone: () => void }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(boardResourcesQuery(org.slug));
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={4} />;
  return <HoldForm inquiry={inquiry} resources={data.filter(({ id }) => id === inquiry.placeId)} onDone={onDone} />;
}

interface HoldFormProps {
  inquiry: Inquiry;
  resources: readonly Resource[];
  onDone: () => void;
}

function HoldForm({ inquiry, resources, onDone }: HoldFormProps) {
  const org = useOrg();
  const toast = useToast();
  const [draft, setDraft] = useState<PlaceDraft>({
    // Its title stands for what there is no engagement of yet.
    subject: { kind: 'blocked' },
    status: 'hold',
    resources,
    times: [{ startsAt: inquiry.startsAt, endsAt: inquiry.endsAt }],
    expiresAt: null,
    note: '',
  });
  const [tried, setTried] = useState(false);
  const change = (part: Partial<PlaceDraft>) => setDraft((now) => ({ ...now, ...part }));
  const answer = useCheck(claimsOfDraft(draft));
  const problem = missing(draft, org);
  const zone = zoneOfDraft(draft, org);
  const hold = useChange(org.slug, inquiryTables, (now: PlaceDraft, call) => {
    const { status, expiresAt } = now;
    const claims = claimsOfDraft(now).map((claim) => ({ ...claim, status, expiresAt }));
    return inquiriesApi.hold({ org: org.slug, params: { id: inquiry.id }, body: { claims } }, call);
  });
  const submit = () => {
    setTried(true);
    if (problem) return;
    hold.mutate(draft, {
      onSuccess: ({ claims }) => {
        const word = org.words[draft.status];
        toast({ tone: 'good', title: `${claims.length} ${claims.length === 1 ? word.one : word.many} placed` });
        onDone();
      },
    });
  };
  const conflicts = conflictsOf(hold.error);
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="space-y-4 pb-5">
        <FieldFrame label="As" group>
          {() => (
            <Segmented
              label="As"
              value={draft.status === 'pencil' ? 'pencil' : 'hold'}
              onValue={(status) => change({ status })}
              options={(['pencil', 'hold'] as const).map((value) => ({ value, label: capital(org.words[value].one) }))}
            />
          )}
        </FieldFrame>
        <PlaceResources chosen={draft.resources} onChosen={(chosen) => change({ resources: chosen })} />
        <PlaceTimes times={draft.times} zone={zone} onTimes={(times) => change({ times })} />
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
        {conflicts.length > 0 && <PlaceRefused conflicts={conflicts} kind="place" asked={inquiry.title} />}
        {hold.error && conflicts.length === 0 && <ErrorNotice error={hold.error} />}
      </div>
      <DialogFooter>
        <div aria-live="polite" className="max-h-[24dvh] w-full overflow-y-auto pb-1 empty:hidden">
          {tried && problem ? (
            <p className="text-sm text-danger">{problem}</p>
          ) : (
            conflicts.length === 0 && <CheckNotes answer={answer} status={draft.status} most={4} />
          )}
        </div>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={hold.isPending}>
          Place {org.words[draft.status].one}
        </Button>
      </DialogFooter>
    </form>
  );
}
