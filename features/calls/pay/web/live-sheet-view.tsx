import { Plus, Printer, Users } from 'lucide-react';
import { useState } from 'react';
import { formatMoney } from '#platform/text/money.ts';
import { formatTime } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { LiveSheet, PayAdjustment } from '../sheet-contract.ts';
import { AdjustmentDialog, type AdjustmentAsked } from './adjustment-dialog.tsx';
import { ApproveButton } from './approve-button.tsx';
import { ApprovedDialog, DownloadCsv } from './approved-dialog.tsx';
import { SheetTable } from './sheet-table.tsx';

/** What everybody gets as of now, on the way to an approved revision. */
export function LiveSheetView({ engagement, sheet }: { engagement: Engagement; sheet: LiveSheet }) {
  const org = useOrg();
  const [asked, setAsked] = useState<AdjustmentAsked | null>(null);
  const { scale, people, adjustments, approved, differences } = sheet;
  const [last] = approved;
  // Their people may have no line to open.
  const foreign = adjustments.filter(({ currency }) => currency !== scale?.currency);
  const unchanged = last !== undefined && differences?.length === 0;
  return (
    <>
      <Approved sheets={approved} title={engagement.title} />
      {people.length === 0 ? (
        <EmptyState icon={Users} title="Nobody has a seat yet">
          Once people sit on the seats of this project, what they get stands here: by the services they played, as
          attendance says.
        </EmptyState>
      ) : (
        scale && (
          <>
            <header className="hidden print:block">
              <h2 className="text-lg font-semibold">{engagement.title}: pay sheet, not approved</h2>
              <p className="text-sm">
                {org.name}. {scale.name}
              </p>
            </header>
            <div className="flex flex-wrap items-center gap-2 print:hidden">
              <p className="min-w-0 flex-1 basis-60 text-sm text-ink-soft">{standing(sheet, unchanged)}</p>
              <IconButton label="Print" className="hidden sm:inline-flex" onClick={() => window.print()}>
                <Printer aria-hidden />
              </IconButton>
              {org.can('pay.write') && (
                <Button onClick={() => setAsked({ resourceId: null, adjustment: null })}>
                  <Plus aria-hidden /> Adjustment
                </Button>
              )}
              {org.can('pay.approve') && !unchanged && <ApproveButton engagementId={engagement.id} sheet={sheet} />}
            </div>
            {foreign.length > 0 && org.can('pay.write') && (
              <div className="flex flex-wrap gap-2 print:hidden">
                <AdjustmentButtons
                  adjustments={foreign}
                  onAsk={(adjustment) => setAsked({ resourceId: null, adjustment })}
                />
              </div>
            )}
            <SheetTable
              people={people}
              currency={scale.currency}
              differences={differences}
              {...(org.can('pay.write')
                ? {
                    renderActions: ({ resourceId }) => (
                      <PersonActions
                        adjustments={adjustments.filter((each) => each.resourceId === resourceId)}
                        onAsk={(adjustment) => setAsked({ resourceId, adjustment })}
                      />
                    ),
                  }
                : {})}
            />
            <AdjustmentDialog asked={asked} sheet={sheet} engagementId={engagement.id} onClose={() => setAsked(null)} />
          </>
        )
      )}
    </>
  );
}

function standing({ upcoming, approved: [last] }: LiveSheet, unchanged: boolean): string {
  if (unchanged) return `As approved in revision ${last?.revision ?? 0}.`;
  const to = upcoming === 0 ? '' : `${upcoming} ${upcoming === 1 ? 'service is' : 'services are'} still to come. `;
  return to + (last ? `Changed since revision ${last.revision}; not approved yet.` : 'Not approved yet.');
}

interface PersonActionsProps {
  adjustments: readonly PayAdjustment[];
  onAsk: (adjustment: PayAdjustment | null) => void;
}

function PersonActions({ adjustments, onAsk }: PersonActionsProps) {
  return (
    <div className="flex flex-wrap gap-2">
      <AdjustmentButtons adjustments={adjustments} onAsk={onAsk} />
      <Button size="sm" onClick={() => onAsk(null)}>
        <Plus aria-hidden /> Adjust
      </Button>
    </div>
  );
}

function AdjustmentButtons({ adjustments, onAsk }: PersonActionsProps) {
  return adjustments.map((adjustment) => (
    <Button key={adjustment.id} size="sm" className="max-w-full" onClick={() => onAsk(adjustment)}>
      <span className="truncate">Change “{adjustment.reason}”</span>{' '}
      {formatMoney(adjustment.amountMinor, adjustment.currency)}
    </Button>
  ));
}

/** The approved revisions, the newest first. */
function Approved({ sheets, title }: { sheets: LiveSheet['approved']; title: string }) {
  const org = useOrg();
  const [shown, setShown] = useState<string | null>(null);
  if (sheets.length === 0) return null;
  return (
    <section aria-label="Approved" className="print:hidden">
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
        {sheets.map((sheet, index) => (
          <li key={sheet.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-sm sm:px-4">
            <Badge tone={index === 0 ? 'good' : 'neutral'}>Revision {sheet.revision}</Badge>
            <span className="font-medium tabular-nums">{formatMoney(sheet.totalMinor, sheet.currency)}</span>
            <span className="min-w-0 flex-1 basis-48 truncate text-ink-soft">
              approved by {sheet.approvedBy}, {formatTime(sheet.approvedAt, org.zone, 'dateTime')}
            </span>
            <span className="flex gap-2">
              <Button size="sm" aria-label={`Look at revision ${sheet.revision}`} onClick={() => setShown(sheet.id)}>
                Look
              </Button>
              <DownloadCsv sheet={sheet} title={title} />
            </span>
          </li>
        ))}
      </ul>
      <ApprovedDialog id={shown} title={title} onClose={() => setShown(null)} />
    </section>
  );
}
