import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Note } from '../contract.ts';
import { noteTables, notesApi } from './note-queries.ts';

/** The notes of an engagement in order; one that is moved lies there at once. */
export function useNoteOrder(rows: readonly Note[]) {
  const org = useOrg();
  const toast = useToast();
  // Until the moved list has come back.
  const [moved, setMoved] = useState<{ of: readonly Note[]; id: string; after: string | null } | null>(null);
  const move = useChange(org.slug, noteTables, ({ id, after }: { id: string; after: string | null }, call) =>
    notesApi.move({ org: org.slug, params: { id }, body: { after } }, call),
  );
  return {
    rows: moved && moved.of === rows ? reordered(rows, moved) : rows,
    move: (id: string, after: string | null) => {
      setMoved({ of: rows, id, after });
      move.mutate(
        { id, after },
        {
          onError: (error) => {
            setMoved(null);
            toast({ tone: 'danger', title: 'It was not moved', detail: errorText(error) });
          },
        },
      );
    },
  };
}

function reordered(rows: readonly Note[], { id, after }: { id: string; after: string | null }): Note[] {
  const moved = rows.filter((row) => row.id === id);
  const rest = rows.filter((row) => row.id !== id);
  const at = rest.findIndex((row) => row.id === after) + 1;
  return [...rest.slice(0, at), ...moved, ...rest.slice(at)];
}
