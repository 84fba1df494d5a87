import { createContext, use, useMemo, type ReactNode } from 'react';
import { Access, type Reach } from '#platform/contract/access.ts';
import { packs } from '../packs/packs.ts';
import type { Pack, PackName, PackScreen } from '../packs/pack.ts';

/** An organisation as the server tells it to one of its members. */
interface Membership {
  id: string;
  slug: string;
  name: string;
  packs: readonly PackName[];
  /** IANA name; the reader's usual zone. */
  zone: string;
  currency: string;
  role: string;
  roleName: string;
  permissions: readonly string[];
  /** Set for an operator who is here under a support grant. */
  support: { grantId: string; purpose: string; level: 'read' | 'change'; endsAt: string } | null;
}

/** The organisation that the page belongs to, as the signed-in member sees it. */
export interface Org extends Membership {
  /** The first of its packs, whose words people read. */
  pack: Pack;
  words: Pack['words'];
  /**
   * Whether the member may: `can('claims.commit')`, or with their own things at least: `can('claims.read', 'own')`.
   * Buttons show by it; the server decides.
   */
  can: (permission: string, least?: Reach) => boolean;
  /** Whether one of its packs has the screen. */
  shows: (screen: PackScreen) => boolean;
}

const OrgContext = createContext<Org | null>(null);

/** Puts an organisation under `useOrg`. */
export function OrgProvider({ membership, children }: { membership: Membership; children: ReactNode }) {
  const org = useMemo(() => present(membership), [membership]);
  return <OrgContext value={org}>{children}</OrgContext>;
}

/** A membership with its words and what it may. */
export function present(membership: Membership): Org {
  const pack = packs[membership.packs[0] ?? 'orchestra'];
  const access = Access.ofList(membership.permissions);
  return {
    ...membership,
    pack,
    words: pack.words,
    can: (permission, least) => access.can(permission, least),
    shows: (screen) => membership.packs.some((name) => packs[name].screens.includes(screen)),
  };
}

export function useOrg(): Org {
  const org = use(OrgContext);
  if (!org) throw new Error('useOrg needs a page under /o/$org.');
  return org;
}
