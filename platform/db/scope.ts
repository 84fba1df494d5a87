declare const minted: unique symbol;

/**
 * On whose behalf a tenant's rows are touched. Minted in two places only, after authentication
 * (platform/http) and for a job (platform/jobs), plus the operator's command; `npm run check` sees to it.
 */
export interface Scope {
  readonly [minted]: true;
  readonly orgId: string;
  /** `user:<id>`, `api_key:<id>`, `support:<grant>`, `job:<task>`, `token:<kind>` or `command`. */
  readonly actor: string;
  /** The operator behind a support grant. */
  readonly realActor?: string | undefined;
  /** The session that the request came with. */
  readonly session?: string | undefined;
  /** IP address of the asker. */
  readonly address?: string | undefined;
  readonly requestId: string;
  /** The instant that this request takes as now. */
  readonly now: Date;
}

export function mintScope(scope: Omit<Scope, typeof minted | 'now'> & { now?: Date }): Scope {
  return { now: new Date(), ...scope } as Scope;
}
