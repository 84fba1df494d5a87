import { EllipsisVertical, NotebookPen, Plus } from 'lucide-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { commentReadersQuery } from '#features/comments/web/comment-queries.ts';
import { Comments } from '#features/comments/web/comments.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrder } from '#features/engagements/web/use-order.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Note } from '../contract.ts';
import { NoteDialogs, type NoteDialog } from './note-dialogs.tsx';
import { NoteList } from './note-list.tsx';
import type { Mentionable } from './note-mention.ts';
import { noteTables, notesApi, notesQuery } from './note-queries.ts';

/** With the editor, by far the largest part of all pages: it comes when somebody reads a note. */
const NotePanel = lazy(() => import('./note-panel.tsx').then((module) => ({ default: module.NotePanel })));

/** What is written together about one engagement: several notes, one of them open. */
export function NotesTab({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const { data, error, refetch, isPending } = useQuery(notesQuery(org.slug, engagement.id));
  const [openId, setOpenId] = useState<string | null>(null);
  const [dialog, setDialog] = useState<NoteDialog | null>(null);
  const order = useOrder(data?.items ?? noNotes, noteTables, notesApi.move);
  const remove = useRemoving();
  const writes = org.can('notes.write');
  const open = order.rows.find(({ id }) => id === openId) ?? order.rows[0];
  const people = useMentionable();
  return (
    <Section
      title="Notes"
      actions={
        writes && (
          <div className="flex flex-wrap gap-2">
            <Button size="sm" variant="primary" onClick={() => setDialog({ kind: 'new' })}>
              <Plus aria-hidden /> New note
            </Button>
            <Menu
              trigger={
                <IconButton size="icon-sm" label="More about notes">
                  <EllipsisVertical aria-hidden />
                </IconButton>
              }
            >
              <MenuItem onSelect={() => setDialog({ kind: 'removed' })}>Removed notes…</MenuItem>
            </Menu>
          </div>
        )
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <SkeletonRows rows={5} />}
      {data && order.rows.length === 0 && (
        <EmptyState
          icon={NotebookPen}
          title="No notes yet"
          className="py-10"
          actions={
            writes && (
              <Button variant="primary" onClick={() => setDialog({ kind: 'new' })}>
                <Plus aria-hidden /> New note
              </Button>
            )
          }
        >
          {writes
            ? 'Hospitality, tech, parking: write them together, at the same time, and say who reads each.'
            : 'What the team shares with everybody stands here.'}
        </EmptyState>
      )}
      {open && (
        <div className="grid gap-5 lg:grid-cols-[15rem_minmax(0,1fr)] lg:items-start">
          <NoteList
            notes={order.rows}
            openId={open.id}
            onOpen={setOpenId}
            {...(writes ? { onMove: (id, after) => order.move(id, { after }) } : {})}
          />
          <div className="min-w-0">
            <Suspense fallback={<SkeletonRows rows={4} />}>
              <NotePanel
                key={open.id}
                note={open}
                people={people}
                onEdit={() => setDialog({ kind: 'edit', note: open })}
                onRemove={() => remove(open)}
              />
            </Suspense>
            <Comments subject="notes" subjectId={open.id} className="mt-6" />
          </div>
        </div>
      )}
      <NoteDialogs dialog={dialog} engagementId={engagement.id} onClose={() => setDialog(null)} onMade={setOpenId} />
    </Section>
  );
}

/** Members who may read a note: asked for when somebody types an @. */
function useMentionable(): (noteId: string) => Promise<readonly Mentionable[]> {
  const org = useOrg();
  const queries = useQueryClient();
  const may = org.can('comments.read');
  return useCallback(
    async (subjectId) => {
      if (!may) return [];
      const { items } = await queries.fetchQuery(commentReadersQuery(org.slug, { subject: 'notes', subjectId }));
      return items.map(({ id, name }) => ({ id, label: name }));
    },
    [queries, org.slug, may],
  );
}

const noNotes: readonly Note[] = [];

/** Takes a note away at once; it can be taken back. */
function useRemoving(): (note: Note) => void {
  const org = useOrg();
  const toast = useToast();
  const remove = useChange(org.slug, noteTables, (id: string, call) =>
    notesApi.remove({ org: org.slug, params: { id } }, call),
  );
  const restore = useChange(org.slug, noteTables, (id: string, call) =>
    notesApi.restore({ org: org.slug, params: { id } }, call),
  );
  const failed = (title: string) => (error: unknown) => toast({ tone: 'danger', title, detail: errorText(error) });
  return ({ id, title }) =>
    remove.mutate(id, {
      onSuccess: () =>
        toast({
          tone: 'good',
          title: `${title} is removed`,
          action: {
            label: 'Undo',
            onPress: () => restore.mutate(id, { onError: failed(`${title} was not restored`) }),
          },
        }),
      onError: failed(`${title} is still there`),
    });
}
