import type { Tx } from '#platform/db/tenant.ts';
import type { Grade, ListKind } from '../list-rules.ts';

/** Somebody who may be asked, in the order in which they are. */
export interface Candidate {
  resourceId: string;
  name: string;
  grade: Grade;
  /** On the list of that grade, from 1. */
  place: number;
}

interface Wanted {
  /** As needs and lists name it: `vn1`, `Stagehand`. */
  skill: string;
  kind: ListKind;
  /** A day, `2026-09-01`. */
  on: string;
}

/**
 * Who is asked for a seat: the approved lists that are valid on the day, A before B before C. Who stands on two
 * counts where they come first; archived people are left out.
 */
export function candidatesOf(tx: Tx, { skill, kind, on }: Wanted): Promise<Candidate[]> {
  return tx.query<Candidate>(
    `select "resourceId", name, grade, place from (
       select distinct on (e.resource_id) e.resource_id as "resourceId", p.name, l.grade, e.place
         from ranked_lists l
         join ranked_entries e on e.org_id = l.org_id and e.list_id = l.id
         join resources p on p.org_id = e.org_id and p.id = e.resource_id
        where l.org_id = $1 and lower(l.skill) = lower($2) and l.kind = $3 and l.approved_at is not null
          and l.valid_from <= $4::date and (l.valid_to is null or l.valid_to >= $4::date)
          and p.archived_at is null
        order by e.resource_id, l.grade, e.place) first
      order by grade, place, "resourceId"`,
    [tx.scope.orgId, skill, kind, on],
  );
}
