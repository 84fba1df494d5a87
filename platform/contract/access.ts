import { roles, type Contract, type HeldRole, type Role } from './contract.ts';

/** What a support grant lets operators do. */
export type SupportLevel = 'read' | 'change';

/** How far a permission goes: for everything of the organisation, or for one's own things only. */
export type Reach = 'all' | 'own';

/**
 * What somebody may do in one organisation: the one result that decides routes, rows, fields and buttons.
 * Written as a list of permissions, `claims.read` for everything and `claims.read:own` for one's own things.
 */
export class Access {
  readonly #reaches: ReadonlyMap<string, Reach>;

  constructor(reaches: ReadonlyMap<string, Reach>) {
    this.#reaches = reaches;
  }

  /** Names that no contract knows (any more) are passed over. */
  static ofList(permissions: Iterable<string>): Access {
    const reaches = new Map<string, Reach>();
    for (const permission of permissions) {
      const [name = '', own] = permission.split(':');
      if (reaches.get(name) !== 'all') reaches.set(name, own === 'own' ? 'own' : 'all');
    }
    return new Access(reaches);
  }

  reach(permission: string): Reach | undefined {
    return this.#reaches.get(permission);
  }

  /** For everything of the organisation; with `own`, at least for one's own things. */
  can(permission: string, least: Reach = 'all'): boolean {
    const reach = this.#reaches.get(permission);
    return reach === 'all' || (reach === 'own' && least === 'own');
  }

  /** Whether these permissions are among ours: nobody grants what they lack. */
  covers(other: Access): boolean {
    return other.toList().every((permission) => {
      const [name = '', own] = permission.split(':');
      return this.can(name, own === 'own' ? 'own' : 'all');
    });
  }

  toList(): string[] {
    return [...this.#reaches].map(([name, reach]) => (reach === 'own' ? `${name}:own` : name)).sort();
  }
}

/** The roles' permissions, gathered from the contracts. */
export class Policy {
  /** Every permission with what it lets somebody do, in the contracts' order. */
  readonly clauses: readonly { permission: string; may: string; ownable: boolean }[];
  readonly #byRole: ReadonlyMap<Role, Access>;
  readonly #bySupport: Readonly<Record<SupportLevel, Access>>;

  /** @throws {Error} when two contracts name one permission */
  constructor(contracts: readonly Contract[]) {
    const all = contracts.flatMap(({ permissions }) => Object.entries(permissions));
    const names = all.map(([name]) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) throw new Error(`Two contracts name the permission ${twice}.`);
    const ownable = new Set(
      contracts.flatMap(({ routes }) =>
        Object.values(routes).flatMap(({ own, permission }) => (own && permission ? [permission] : [])),
      ),
    );
    this.clauses = all.map(([permission, { may }]) => ({ permission, may, ownable: ownable.has(permission) }));
    this.#byRole = new Map(
      roles.map((role) => {
        const reaches = new Map<string, Reach>();
        for (const [name, clause] of all) {
          if (clause.roles.includes(role)) reaches.set(name, 'all');
          else if (clause.own?.includes(role)) reaches.set(name, 'own');
        }
        return [role, new Access(reaches)];
      }),
    );
    this.#bySupport = { change: supportAccess(contracts, false), read: supportAccess(contracts, true) };
  }

  /** Under a support grant: what a manager may do with everything, without what is closed to support. */
  ofSupport(level: SupportLevel): Access {
    return this.#bySupport[level];
  }

  ofRole(role: Role): Access {
    return this.#byRole.get(role) ?? new Access(new Map());
  }

  /** Of what somebody holds: a role, or the permissions of a custom one. */
  ofHeld(role: HeldRole, custom: readonly string[] | null): Access {
    return role === 'custom' ? this.ofPermissions(custom ?? []) : this.ofRole(role);
  }

  /** What every role may with everything, and so every custom role too. */
  get common(): readonly string[] {
    return this.clauses
      .map(({ permission }) => permission)
      .filter((name) => roles.every((role) => this.ofRole(role).can(name)));
  }

  /** Of a custom role: what contracts know of it. */
  ofPermissions(permissions: readonly string[]): Access {
    const known = new Set(this.clauses.map(({ permission }) => permission));
    return Access.ofList(permissions.filter((permission) => known.has(permission.split(':')[0] ?? '')));
  }
}

/** @param readOnly without permissions whose routes all write; those that also read, and those of fields, stay */
function supportAccess(contracts: readonly Contract[], readOnly: boolean): Access {
  const routes = contracts.flatMap((contract) => Object.values(contract.routes));
  const onlyWrites = (permission: string) => {
    const its = routes.filter((route) => route.permission === permission);
    return its.length > 0 && its.every(({ method }) => method !== 'GET');
  };
  const open = contracts
    .flatMap(({ permissions }) => Object.entries(permissions))
    .filter(([, clause]) => clause.roles.includes('manager') && !clause.closedToSupport)
    .map(([name]) => name);
  return Access.ofList(readOnly ? open.filter((name) => !onlyWrites(name)) : open);
}
