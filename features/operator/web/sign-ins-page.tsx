import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { LogIn } from 'lucide-react';
import { Badge, type BadgeTone } from '#platform/ui/badge.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { LogList } from './log-list.tsx';
import { signInsQuery } from './operator-queries.ts';
import { exactTime } from './when.tsx';

const outcomes = [
  { value: 'all', label: 'Every outcome' },
  { value: 'ok', label: 'Signed in' },
  { value: 'refused', label: 'Refused' },
  { value: 'locked', label: 'Locked out' },
  { value: 'pending', label: 'Factor to come' },
  { value: 'factor_ok', label: 'Factor passed' },
  { value: 'factor_refused', label: 'Factor refused' },
  { value: 'stepped_up', label: 'Confirmed' },
  { value: 'signed_out', label: 'Signed out' },
  { value: 'revoked', label: 'Ended elsewhere' },
] as const;

const ways: Readonly<Record<string, string>> = {
  password: 'password',
  link: 'mailed link',
  oidc: 'sign-in provider',
  passkey: 'passkey',
  invitation: 'invitation',
  totp: 'authenticator app',
  recovery: 'recovery code',
  mail: 'mailed code',
};

const toneOf = (outcome: string): BadgeTone =>
  /refused|locked/.test(outcome) ? 'danger' : /ok|stepped/.test(outcome) ? 'good' : 'neutral';

/** Who signed in, how, and what came of it. */
export function SignInsPage() {
  const search = useSearch({ from: '/operator/sign-ins' });
  const navigate = useNavigate();
  const list = useInfiniteQuery(signInsQuery({ q: useSettled(search.q), outcome: search.outcome }));
  const change = (part: typeof search) => void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  return (
    <LogList
      title="Sign-ins"
      description="Every sign-in and attempt. Addresses that belong to no account are not kept: they may be mistyped passwords."
      filters={
        <>
          <SearchInput
            label="Name or e-mail"
            className="min-w-0 flex-1 sm:max-w-72"
            value={search.q ?? ''}
            onValue={(q) => change({ q: q || undefined })}
          />
          <Select
            aria-label="Outcome"
            className="w-40"
            value={outcomes.find(({ value }) => value === search.outcome)?.value ?? 'all'}
            onValue={(outcome) => change({ outcome: outcome === 'all' ? undefined : outcome })}
            options={outcomes}
          />
        </>
      }
      list={list}
      rows={list.data?.pages.flatMap(({ items }) => items)}
      renderRow={({ id, at, user, way, outcome, summary, address, device }) => (
        <li key={id} className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 py-2.5 text-sm">
          <div className="min-w-0 flex-1 basis-56">
            <p className="truncate font-medium" title={user?.email}>
              {user?.name ?? 'No account of ours'}
            </p>
            <p className="text-xs break-words text-ink-faint">
              {exactTime(at)}, {ways[way] ?? way}, {device}
              {address && `, ${address}`}
            </p>
          </div>
          <Badge tone={toneOf(outcome)}>{summary}</Badge>
        </li>
      )}
      empty={{ icon: LogIn, title: 'No sign-in fits', text: 'Nothing matches the search and filters.' }}
    />
  );
}
