import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { NothingHere } from '../shell/route-error.tsx';
import { partsFor } from './settings-parts.tsx';

/** One part of the organisation's settings; each has an address of its own. */
export function SettingsPage() {
  const org = useOrg();
  const { part } = useParams({ from: '/o/$org/settings/$part' });
  const bar = useRef<HTMLElement>(null);
  // On a phone the bar is wider than the screen.
  useEffect(() => {
    bar.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [part]);
  const parts = partsFor(org);
  const current = parts.find(({ key }) => key === part);
  if (!current) return <NothingHere />;
  const Content = current.content;
  return (
    <>
      <PageHeader title={current.label} crumb="Settings" />
      <nav ref={bar} aria-label="Settings" className="shrink-0 overflow-x-auto border-b border-line px-4 sm:px-6">
        <ul className="flex gap-4">
          {parts.map(({ key, label }) => (
            <li key={key}>
              <Link
                to="/o/$org/settings/$part"
                params={{ org: org.slug, part: key }}
                activeProps={{ 'data-active': true }}
                className="flex h-9 items-center border-b-2 border-transparent text-sm font-medium whitespace-nowrap text-ink-soft hover:text-ink focus-visible:-outline-offset-2 data-active:border-accent data-active:text-ink"
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="grid max-w-3xl grid-cols-1 divide-y divide-line px-4 pt-5 pb-12 sm:px-6">
        <Content />
      </div>
    </>
  );
}
