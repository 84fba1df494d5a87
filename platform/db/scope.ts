declare const minted: unique symbol;

/**
 * On whose behalf a tenant's rows are touched. Minted in two places only, after authentication
 * (platform/http) and for a job (platform/jobs), plus the operator's command; `npm run check` sees to it.
 */
export interface Scope {
  readonly [minted]: true;
  readonly orgId: string;
  /** `user:<id>`, `api_key:<id>`, `job:<task>` or `command`. */
  readonly actor: string;
  readonly requestId: string;
  /** The instant that this request takes as now. */
  readonly now: Date;
}

export function mintScope(scope: { orgId: string; actor: string; requestId: string; now?: Date }): Scope {
  return { now: new Date(), ...scope } as Scope;
}
