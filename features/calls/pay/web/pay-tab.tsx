import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Banknote } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { Select } from '#platform/ui/select.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { LiveSheet, PayProblem } from '../sheet-contract.ts';
import { dayWords } from './day-words.ts';
import { EstimateView } from './estimate-view.tsx';
import { LiveSheetView } from './live-sheet-view.tsx';
import { payApi, sheetQuery, sheetTables } from './pay-queries.ts';

/** What an engagement will cost, and what everybody gets for it. */
export function PayTab({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(sheetQuery(org.slug, engagement.id));
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows />;
  if (data.scales.length === 0 && data.approved.length === 0) return <NoScales />;
  return <Views engagement={engagement} sheet={data} />;
}

function NoScales() {
  const org = useOrg();
  return (
    <EmptyState
      icon={Banknote}
      title="No pay scale yet"
      actions={
        org.can('pay.write') && (
          <Button variant="primary" asChild>
            <Link to="/o/$org/settings/$part" params={{ org: org.slug, part: 'pay' }}>
              Set up a pay scale
            </Link>
          </Button>
        )
      }
    >
      A pay scale says what a service is paid, from when it is overtime, and what principals and doubling get. With one,
      you see what a project costs before anybody is called, and get its pay sheet from attendance.
    </EmptyState>
  );
}

function Views({ engagement, sheet }: { engagement: Engagement; sheet: LiveSheet }) {
  const over = sheet.upcoming === 0 || sheet.approved.length > 0;
  const [view, setView] = useState<'estimate' | 'sheet'>(over ? 'sheet' : 'estimate');
  return (
    <div className="grid min-w-0 grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center gap-3 print:hidden">
        <Segmented
          label="View"
          value={view}
          onValue={setView}
          options={[
            { value: 'estimate', label: 'Estimate' },
            { value: 'sheet', label: 'Pay sheet' },
          ]}
        />
        <ScaleChoice engagementId={engagement.id} sheet={sheet} />
      </div>
      <Problems problems={sheet.problems} />
      {view === 'estimate' ? (
        <EstimateView engagement={engagement} />
      ) : (
        <LiveSheetView engagement={engagement} sheet={sheet} />
      )}
    </div>
  );
}

/** By which scale it is paid; chosen where there are several. */
function ScaleChoice({ engagementId, sheet: { scale, scales } }: { engagementId: string; sheet: LiveSheet }) {
  const org = useOrg();
  const choose = useChange(org.slug, sheetTables, (name: string, call) =>
    payApi.chooseScale({ org: org.slug, params: { id: engagementId }, body: { name } }, call),
  );
  const from = scale && `valid from ${dayWords(scale.validFrom)}`;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-soft">
      {scales.length > 1 && org.can('pay.write') ? (
        <Select
          aria-label="Pay scale"
          className="w-56"
          value={scale?.name ?? null}
          placeholder="Choose a pay scale…"
          onValue={(name) => choose.mutate(name)}
          options={scales.map((name) => ({ value: name, label: name }))}
        />
      ) : (
        <span className="truncate">{scale?.name}</span>
      )}
      {from && <span className="text-xs text-ink-faint">{from}</span>}
      {choose.error && <ErrorNotice error={choose.error} />}
    </div>
  );
}

/** What keeps it from being right, with the way to mend it. */
function Problems({ problems }: { problems: readonly PayProblem[] }) {
  const org = useOrg();
  if (problems.length === 0) return null;
  const ofScale = problems.some(({ code }) => code !== 'below_zero');
  return (
    <div role="alert" className="grid gap-1 rounded-lg bg-hold-soft px-3 py-2.5 text-sm text-on-hold-soft print:hidden">
      {problems.map(({ message }) => (
        <p key={message}>{message}</p>
      ))}
      {ofScale && org.can('pay.write') && (
        <Link
          to="/o/$org/settings/$part"
          params={{ org: org.slug, part: 'pay' }}
          className="font-medium underline underline-offset-4"
        >
          Pay scales
        </Link>
      )}
    </div>
  );
}
