import { formatTime } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import type { ReactNode } from 'react';
import type { Change } from '../contract.ts';
import type { AuditSearch } from './audit-search.ts';
import { wordsOf } from './audit-words.ts';

interface AuditDetailsProps {
  id: string;
  change: Change;
  onFilter: (part: AuditSearch) => void;
}

/** Each field before and after, and where it came from, with ways to what else came from there. */
export function AuditDetails({ id, change, onFilter }: AuditDetailsProps) {
  const org = useOrg();
  const { session, requestId, entityId } = change;
  return (
    <div id={id} className="grid gap-4 px-4 pb-4 text-sm sm:pr-6 sm:pl-14">
      <FieldTable change={change} />
      <dl className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[max-content_minmax(0,1fr)]">
        <Detail label="Exactly">
          <span className="tabular-nums">{new Date(change.at).toISOString()}</span>{' '}
          <span className="text-ink-faint">({formatTime(change.at, org.zone, 'dateTime')})</span>
        </Detail>
        <Detail label="Who">
          {change.realActorName ? `${change.realActorName}, for ${change.actorName}` : change.actorName}
          <FilterButton onClick={() => onFilter({ actor: change.actor })}>All of theirs</FilterButton>
        </Detail>
        {change.address && <Detail label="From address">{change.address}</Detail>}
        {session && (
          <Detail label="Session">
            <Code>{session}</Code>
            <FilterButton onClick={() => onFilter({ session })}>This session</FilterButton>
          </Detail>
        )}
        {requestId && (
          <Detail label="Request">
            <Code>{requestId}</Code>
            <FilterButton onClick={() => onFilter({ request: requestId })}>This request</FilterButton>
          </Detail>
        )}
        {change.entity !== 'access' && (
          <Detail label="Record">
            <Code>{entityId}</Code>
            <FilterButton onClick={() => onFilter({ record: entityId })}>Its whole history</FilterButton>
          </Detail>
        )}
        <Detail label="Change">
          <span className="tabular-nums">{change.id}</span>
        </Detail>
      </dl>
    </div>
  );
}

function FieldTable({ change: { before, after, hidden, operation } }: { change: Change }) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = operation === 'update';
  if (fields.length + hidden.length === 0) return null;
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface">
      <table aria-label="Fields" className="w-full min-w-72 border-collapse text-left">
        <thead>
          <tr className="text-xs text-ink-faint">
            <th scope="col" className="px-3 py-1.5 font-medium">
              Field
            </th>
            {changed && (
              <th scope="col" className="px-3 py-1.5 font-medium">
                Before
              </th>
            )}
            <th scope="col" className="px-3 py-1.5 font-medium">
              {changed ? 'After' : 'Value'}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-t border-line">
          {fields.map((field) => (
            <tr key={field} className="align-top">
              <th scope="row" className="px-3 py-1.5 font-normal whitespace-nowrap text-ink-soft">
                {capital(wordsOf(field))}
              </th>
              {changed && <Value value={before?.[field]} faint />}
              <Value value={changed ? after?.[field] : (after?.[field] ?? before?.[field])} />
            </tr>
          ))}
          {hidden.length > 0 && (
            <tr>
              <td colSpan={3} className="px-3 py-1.5 text-ink-faint">
                {capital(hidden.map(wordsOf).join(', '))}: your role may not see {hidden.length === 1 ? 'it' : 'them'}.
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function Value({ value, faint }: { value: unknown; faint?: boolean }) {
  return (
    <td className={faint ? 'px-3 py-1.5 break-words text-ink-faint' : 'px-3 py-1.5 break-words'}>
      {value === null || value === undefined || value === '' ? (
        <span className="text-ink-faint">–</span>
      ) : (
        textOf(value)
      )}
    </td>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function Detail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint max-sm:mt-1">{label}</dt>
      <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2 break-words">{children}</dd>
    </>
  );
}

function Code({ children }: { children: string }) {
  return <span className="font-mono text-xs break-all text-ink-soft">{children}</span>;
}

function FilterButton({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <Button variant="link" size="sm" onClick={onClick}>
      {children}
    </Button>
  );
}
