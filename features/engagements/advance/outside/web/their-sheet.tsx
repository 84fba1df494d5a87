import { useState } from 'react';
import { urlOf } from '#platform/client/client.ts';
import { organisations } from '#features/organisations/contract.ts';
import { formatDate, formatRange, formatTime, zoneCity } from '#platform/time/format.ts';
import { Segmented } from '#platform/ui/segmented.tsx';
import { progressOf, sectionsOf } from '../../rules.ts';
import type { AdvanceSheet } from '../contract.ts';
import type { LinkParams } from './outside-queries.ts';
import { TheirItemCard } from './their-item-card.tsx';

/** Who asks, for what, and everything that is to be settled. */
export function TheirSheet({ sheet, params }: { sheet: AdvanceSheet; params: LinkParams }) {
  const [openOnly, setOpenOnly] = useState<'all' | 'open'>('all');
  // Those answered while one looks at the open ones stay in sight.
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const { organisation, reader, items } = sheet;
  const { owed } = progressOf(items);
  const theirs = items.filter(({ side }) => side === 'them').length;
  const isOpen = (item: AdvanceSheet['items'][number]) =>
    (item.side === 'them' && item.state === 'open') || (item.side === 'us' && item.state === 'answered');
  const shown = openOnly === 'open' ? items.filter((item) => isOpen(item) || kept.has(item.id)) : items;
  const show = (which: 'all' | 'open') => {
    setKept(new Set(items.filter(isOpen).map(({ id }) => id)));
    setOpenOnly(which);
  };
  return (
    <>
      <Head sheet={sheet} orgId={params.orgId} />
      <p className="mb-4 text-base text-pretty text-ink-soft">
        Hello {reader}, please fill in what you can
        {owed.them > 0 && (
          <>
            {' '}
            by <span className="font-medium text-ink">{dayWords(sheet.dueOn)}</span>
          </>
        )}
        . Each answer is saved at once, and you can come back as often as you like.
      </p>
      <div className="sticky top-0 z-10 -mx-4 mb-5 border-b border-line bg-canvas px-4 py-2.5">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <p role="status" className="text-sm font-medium tabular-nums">
            {owed.them === 0 ? 'Everything is answered. Thank you!' : `${theirs - owed.them} of ${theirs} answered`}
          </p>
          <Segmented
            label="Show"
            value={openOnly}
            onValue={show}
            options={[
              { value: 'all', label: 'All' },
              { value: 'open', label: 'Still open' },
            ]}
          />
        </div>
        <div aria-hidden className="mt-2 h-1 overflow-hidden rounded-full bg-pressed">
          <div
            className="h-full rounded-full bg-accent transition-[width]"
            style={{ width: `${theirs === 0 ? 100 : ((theirs - owed.them) / theirs) * 100}%` }}
          />
        </div>
      </div>
      {shown.length === 0 && (
        <p className="py-6 text-base text-ink-soft">
          {items.length === 0
            ? `${organisation} has nothing to ask yet. Come back later.`
            : 'Nothing is open any more.'}
        </p>
      )}
      <div className="grid grid-cols-1 gap-7">
        {sectionsOf(shown).map(({ section, items: its }) => (
          <section key={section} aria-label={section || 'Other things'}>
            <h2 className="mb-2 text-lg font-semibold tracking-tight break-words">{section || 'Other things'}</h2>
            <ul className="divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
              {its.map((item) => (
                <TheirItemCard key={item.id} item={item} organisation={organisation} params={params} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className="mt-8 text-sm text-ink-faint">
        This page is for you; whoever has the link can fill it in. It ends on{' '}
        {formatTime(sheet.endsAt, sheet.engagement.zone, 'longDay')}.
      </p>
    </>
  );
}

function Head({ sheet, orgId }: { sheet: AdvanceSheet; orgId: string }) {
  const { organisation, colour, hasLogo, engagement } = sheet;
  const { title, startsAt, endsAt, zone, place } = engagement;
  return (
    <header className="mb-5">
      {hasLogo && (
        // Drawn for paper: on a dark screen it keeps its white.
        <img
          src={urlOf(organisations.routes.logo, { params: { orgId } })}
          alt=""
          className="mb-4 h-14 max-w-48 rounded-md object-contain object-left bg-white p-1.5"
        />
      )}
      <p className="mb-3 flex items-center gap-2 text-sm text-ink-soft">
        <span aria-hidden className="h-4 w-1.5 rounded-full bg-accent" style={colour ? { background: colour } : {}} />
        <span className="min-w-0 truncate font-semibold text-ink" title={organisation}>
          {organisation}
        </span>
        <span className="shrink-0">· Advance</span>
      </p>
      <h1 className="text-xl font-semibold tracking-tight text-balance break-words">{title}</h1>
      <p className="mt-1 text-base break-words text-ink-soft">
        {formatRange(startsAt, endsAt, zone)} ({zoneCity(zone)}){place && ` · ${place}`}
      </p>
    </header>
  );
}

function dayWords(day: string): string {
  return formatDate(day, 'longDay');
}
