import * as z from 'zod';

/** What a merge keeps so that it can be undone: rows as the database had them. */
export const kept = z.object({
  /** The contact that is gone. */
  merged: z.looseObject({ id: z.string(), version: z.int() }),
  /** Columns of the survivor that the merge changed: before and after. */
  changed: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })),
  /** Rows that point at the survivor now. */
  moved: z.array(z.object({ table: z.string(), column: z.string(), ids: z.array(z.string()) })),
  /** Rows of which the survivor had the same. */
  folded: z.array(
    z.object({ table: z.string(), column: z.string(), rows: z.array(z.looseObject({ id: z.string() })) }),
  ),
});
export type Kept = z.output<typeof kept>;
