import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { formatMoney } from '#platform/text/money.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { LiveSheet } from '../sheet-contract.ts';
import { payApi, sheetTables } from './pay-queries.ts';

/** Approves exactly what is on the screen, after showing what it comes to and what it changes. */
export function ApproveButton({ engagementId, sheet }: { engagementId: string; sheet: LiveSheet }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" disabled={sheet.problems.length > 0} onClick={() => setOpen(true)}>
        Approve
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={`Approve revision ${(sheet.approved[0]?.revision ?? 0) + 1}`}>
        {open && <Approval engagementId={engagementId} sheet={sheet} onDone={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}

function Approval({ engagementId, sheet, onDone }: { engagementId: string; sheet: LiveSheet; onDone: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const approve = useChange(org.slug, sheetTables, (seen: string, call) =>
    payApi.approve({ org: org.slug, params: { id: engagementId }, body: { seen } }, call),
  );
  const money = (minor: number) => formatMoney(minor, sheet.scale?.currency ?? org.currency);
  const paid = sheet.people.filter(({ totalMinor }) => totalMinor > 0).length;
  const submit = () =>
    approve.mutate(sheet.seen, {
      onSuccess: ({ revision }) => {
        toast({ tone: 'good', title: `Revision ${revision} is approved` });
        onDone();
      },
    });
  return (
    <>
      <div className="grid gap-3 pb-5 text-sm text-ink-soft">
        <p>
          <strong className="text-ink">{money(sheet.totalMinor)}</strong> for {paid} {paid === 1 ? 'person' : 'people'}.
          An approved revision can’t be changed; a correction is a further revision that shows the difference.
        </p>
        {sheet.upcoming > 0 && (
          <p className="rounded-md bg-hold-soft px-3 py-2 text-on-hold-soft">
            {sheet.upcoming === 1 ? 'One service is' : `${sheet.upcoming} services are`} still to come. They are
            reckoned as if all goes as planned.
          </p>
        )}
        {sheet.differences && sheet.differences.length > 0 && (
          <div>
            <p className="mb-1 font-medium text-ink">What changes</p>
            <ul className="grid max-h-60 gap-1 overflow-y-auto">
              {sheet.differences.map(({ resourceId, name, beforeMinor, afterMinor }) => (
                <li key={resourceId} className="flex justify-between gap-3">
                  <span className="truncate">{name}</span>
                  <span className="shrink-0 tabular-nums">
                    {money(beforeMinor)} → {money(afterMinor)}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )}
        {approve.error && <ErrorNotice error={approve.error} />}
      </div>
      <DialogFooter>
        <Button onClick={onDone}>Cancel</Button>
        <Button variant="primary" busy={approve.isPending} onClick={submit}>
          Approve {money(sheet.totalMinor)}
        </Button>
      </DialogFooter>
    </>
  );
}
