import { useSuspenseQuery } from '@tanstack/react-query';
import { createContext, use, useMemo, type ReactNode } from 'react';
import { meQuery } from '#features/identity/web/session.ts';
import { identity } from '#features/identity/contract.ts';
import type { RouteOutput } from '#platform/contract/contract.ts';
import { packs } from '../packs/packs.ts';
import type { Pack } from '../packs/pack.ts';

type Membership = RouteOutput<typeof identity.routes.me>['organisations'][number];

/** The organisation that the page belongs to, as the signed-in member sees it. */
export interface Org extends Membership {
  /** The first of its packs, whose words people read. */
  pack: Pack;
  words: Pack['words'];
  /** Whether the member may: `can('claims.commit')`. Buttons show by it; the server decides. */
  can: (permission: string) => boolean;
}

const OrgContext = createContext<Org | null>(null);

/** Puts the organisation with this short name under `useOrg`. Its route has made sure that the member belongs to it. */
export function OrgProvider({ slug, children }: { slug: string; children: ReactNode }) {
  const { data } = useSuspenseQuery(meQuery);
  const membership = data.organisations.find((organisation) => organisation.slug === slug);
  const org = useMemo(() => (membership ? present(membership) : null), [membership]);
  return <OrgContext value={org}>{org && children}</OrgContext>;
}

function present(membership: Membership): Org {
  const pack = packs[membership.packs[0] ?? 'orchestra'];
  const permissions = new Set(membership.permissions);
  return { ...membership, pack, words: pack.words, can: (permission) => permissions.has(permission) };
}

export function useOrg(): Org {
  const org = use(OrgContext);
  if (!org) throw new Error('useOrg needs a page under /o/$org.');
  return org;
}
