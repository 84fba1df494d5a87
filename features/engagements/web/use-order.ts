import { useState } from 'react';
import { useChange, type ChangeCall } from '#platform/client/use-change.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';

type Send<Body> = (request: { org: string; params: { id: string }; body: Body }, call: ChangeCall) => Promise<unknown>;

/** Rows in an order that people drag; one that is moved lies there at once. @param refused what is said when it failed */
export function useOrder<Row extends { id: string }, Body extends { after: string | null }>(
  rows: readonly Row[],
  tables: readonly string[],
  send: Send<Body>,
  refused = 'It was not moved',
) {
  const org = useOrg();
  const toast = useToast();
  // Until the moved list has come back.
  const [moved, setMoved] = useState<{ of: readonly Row[]; now: readonly Row[] } | null>(null);
  const change = useChange(org.slug, tables, ({ id, body }: { id: string; body: Body }, call) =>
    send({ org: org.slug, params: { id }, body }, call),
  );
  return {
    rows: moved?.of === rows ? moved.now : rows,
    /** @param part what becomes different there: its group */
    move: (id: string, body: Body, part?: Partial<Row>) => {
      setMoved({ of: rows, now: reordered(rows, id, body.after, part) });
      change.mutate(
        { id, body },
        {
          onError: (error) => {
            setMoved(null);
            toast({ tone: 'danger', title: refused, detail: errorText(error) });
          },
        },
      );
    },
  };
}

function reordered<Row extends { id: string }>(
  rows: readonly Row[],
  id: string,
  after: string | null,
  part?: Partial<Row>,
): Row[] {
  const moved = rows.filter((row) => row.id === id).map((row) => ({ ...row, ...part }));
  const rest = rows.filter((row) => row.id !== id);
  return rest.toSpliced(rest.findIndex((row) => row.id === after) + 1, 0, ...moved);
}
