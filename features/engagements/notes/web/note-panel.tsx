import { CloudOff, EllipsisVertical, LoaderCircle, Trash2 } from 'lucide-react';
import { useCallback, useState, type ReactNode } from 'react';
import { ApiError } from '#platform/client/client.ts';
import type { Visitor } from '#platform/client/rooms.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { IconButton } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Note } from '../contract.ts';
import { NoteEditor } from './note-editor.tsx';
import type { Mentionable } from './note-mention.ts';
import { visibilityWords } from './note-queries.ts';
import type { SyncLook } from './note-sync.ts';
import { useEditing } from './use-editing.ts';
import { useNote } from './use-note.ts';

interface NotePanelProps {
  note: Note;
  people: (noteId: string) => Promise<readonly Mentionable[]>;
  onEdit: () => void;
  onRemove: () => void;
}

/** One note: its text, who else writes in it, and whether everything is saved. */
export function NotePanel({ note, people, onEdit, onRemove }: NotePanelProps) {
  const org = useOrg();
  const { sync, look } = useNote(org.slug, note.id);
  const [others, setOthers] = useState<readonly Visitor[]>([]);
  const editing = useEditing(note.engagementId);
  const writes = org.can('notes.write');
  const mentionable = useCallback(() => people(note.id), [people, note.id]);
  return (
    <article aria-label={note.title} className="min-w-0">
      <header className="mb-2 flex flex-wrap items-center gap-x-2 gap-y-1">
        <h3 className="min-w-0 text-base font-semibold tracking-tight break-words">{note.title}</h3>
        <Badge tone={note.visibility === 'managers' ? 'hold' : 'outline'}>{visibilityWords[note.visibility]}</Badge>
        <span className="ml-auto flex min-w-0 items-center gap-2">
          <Saved look={look} others={others} />
          {writes && (
            <Menu
              trigger={
                <IconButton size="icon-sm" label={`More about ${note.title}`}>
                  <EllipsisVertical aria-hidden />
                </IconButton>
              }
            >
              <MenuItem onSelect={onEdit}>Title and readers…</MenuItem>
              <MenuItem tone="danger" onSelect={onRemove}>
                <Trash2 aria-hidden /> Remove
              </MenuItem>
            </Menu>
          )}
        </span>
      </header>
      {look.state === 'refused' && <Refused error={look.error} />}
      {look.state === 'failed' && <ErrorNotice error={look.error} onRetry={() => void sync?.pull()} />}
      {look.state === 'loading' && <SkeletonRows rows={4} />}
      {sync && look.state !== 'loading' && look.state !== 'failed' && (
        <div className="rounded-lg border border-line bg-surface shadow-card focus-within:border-accent">
          <NoteEditor
            key={note.id}
            sync={sync}
            org={org.slug}
            noteId={note.id}
            title={note.title}
            editable={writes && !isGone(look.error)}
            people={mentionable}
            onOthers={setOthers}
            onFocus={editing}
          />
        </div>
      )}
    </article>
  );
}

/** Quiet while all is well. */
function Saved({ look, others }: { look: SyncLook; others: readonly Visitor[] }) {
  const names = [...new Set(others.map(({ person }) => person.name))];
  const state: Partial<Record<SyncLook['state'], ReactNode>> = {
    saving: 'Saving…',
    saved: 'Saved',
    unsent: (
      <>
        <CloudOff aria-hidden className="size-3.5 shrink-0" /> Not sent yet. It goes out when there is a connection.
      </>
    ),
    loading: <LoaderCircle aria-hidden className="size-3.5 animate-turn" />,
  };
  return (
    <span className="flex min-w-0 flex-wrap items-center justify-end gap-x-2 text-xs text-ink-faint">
      {names.length > 0 && (
        <span className="truncate" title={names.join(', ')}>
          {names.join(', ')} {names.length === 1 ? 'writes' : 'write'} too
        </span>
      )}
      <span role="status" className="flex items-center gap-1">
        {state[look.state]}
      </span>
    </span>
  );
}

/** What was typed still stands in the page, and can be copied from there. */
function Refused({ error }: { error: unknown }) {
  return (
    <ErrorNotice error={error} className="mb-2">
      <span className="block">
        {isGone(error)
          ? 'It was removed, or isn’t shared with you any more. Copy what you still need.'
          : 'What you wrote last isn’t saved. Take some of it back, or copy it into another note.'}
      </span>
    </ErrorNotice>
  );
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 403);
}
