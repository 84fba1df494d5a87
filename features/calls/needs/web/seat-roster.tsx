import { Users } from 'lucide-react';
import { useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { ConflictList } from '#features/scheduling/claims/web/conflict-list.tsx';
import type { RouteOutput } from '#platform/contract/contract.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { needs } from '../contract.ts';
import { needsApi, seatTables } from './needs-queries.ts';

type Told = RouteOutput<typeof needs.routes.seatRoster>;

/** Fills open seats from the roster, and tells who couldn't be seated. */
export function SeatRoster({ engagementId, primary }: { engagementId: string; primary: boolean }) {
  const org = useOrg();
  const toast = useToast();
  const [told, setTold] = useState<Told | null>(null);
  const seat = useChange(org.slug, seatTables, (_: null, call) =>
    needsApi.seatRoster({ org: org.slug, params: { id: engagementId }, body: {} }, call),
  );
  const run = () =>
    seat.mutate(null, {
      onSuccess: (answer) => {
        if (answer.conflicts.length + answer.away.length > 0) setTold(answer);
        else toast({ tone: 'good', title: sentence(answer) });
      },
      onError: (error) => toast({ tone: 'danger', title: 'Nobody was seated', detail: errorText(error) }),
    });
  return (
    <>
      <Button variant={primary ? 'primary' : 'secondary'} busy={seat.isPending} onClick={run}>
        <Users aria-hidden /> Seat the roster
      </Button>
      <Dialog
        open={told !== null}
        onOpenChange={(open) => !open && setTold(null)}
        title={told ? sentence(told) : ''}
        description="Who is left out keeps their chair in the roster; only these services go without them."
      >
        {told && <Told told={told} onClose={() => setTold(null)} />}
      </Dialog>
    </>
  );
}

function sentence({ filled, people, open }: Told): string {
  const left = open === 0 ? 'every seat is filled' : open === 1 ? 'one seat is open' : `${open} seats are open`;
  if (filled === 0) return `Nobody new from the roster; ${left}`;
  return `${people === 1 ? '1 person' : `${people} people`} in ${filled === 1 ? '1 seat' : `${filled} seats`}; ${left}`;
}

function Told({ told: { away, conflicts }, onClose }: { told: Told; onClose: () => void }) {
  return (
    <>
      <div className="grid gap-5 pb-5 text-sm">
        {away.length > 0 && (
          <section aria-label="On leave">
            <h3 className="mb-1.5 font-medium">On leave</h3>
            <ul className="grid gap-1">
              {away.map(({ resourceId, name, services }) => (
                <li key={resourceId} className="flex gap-3">
                  <span className="min-w-0 flex-1 truncate" title={name}>
                    {name}
                  </span>
                  <span className="shrink-0 text-ink-faint tabular-nums">
                    {services === 1 ? '1 service' : `${services} services`}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {conflicts.length > 0 && (
          <section aria-label="Committed elsewhere">
            <h3 className="mb-1.5 font-medium">Committed elsewhere</h3>
            <ConflictList conflicts={conflicts} asked="A seat here" />
          </section>
        )}
      </div>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}
