import { Check, MessageSquare, TriangleAlert } from 'lucide-react';
import { IconButton } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { useSortableRow } from '#platform/ui/sortable.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { AdvanceItem } from '../contract.ts';
import { AnswerField } from './answer-field.tsx';
import { FileAnswer, FileLink } from './file-answer.tsx';
import { shownAnswer } from './item-words.ts';
import { ScheduleNote } from './schedule-note.tsx';
import { StateBadge } from './state-badge.tsx';
import { useItemActs } from './use-item-acts.ts';

interface ItemRowProps {
  item: AdvanceItem;
  movable: boolean;
  onOpen: () => void;
}

/** One item: ours are answered in place, theirs are read and agreed to. */
export function ItemRow({ item, movable, onOpen }: ItemRowProps) {
  const org = useOrg();
  const sortable = useSortableRow(item.id, `Move ${item.title}`, !movable);
  const acts = useItemActs(item);
  const writes = org.can('advance.write');
  const { title, hint, side, state, comments } = item;
  return (
    <li
      ref={sortable.ref}
      style={sortable.style}
      className={cn('bg-surface', sortable.dragging ? 'relative z-10 bg-raised shadow-float' : 'hover:bg-hover/40')}
    >
      <div className="flex flex-wrap items-start gap-1 py-2 pr-3 pl-1 sm:flex-nowrap">
        {writes && <span className="max-sm:-mt-0.5">{sortable.handle}</span>}
        <div className="grid min-w-0 flex-1 basis-48 items-start gap-x-4 gap-y-1.5 pl-1 sm:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
          <div className="min-w-0 pt-1.5 text-sm">
            <button
              type="button"
              onClick={onOpen}
              className="max-w-full rounded-sm text-left text-sm font-medium break-words underline-offset-4 hover:underline"
            >
              {title}
            </button>
            {hint && <p className="text-xs text-pretty break-words text-ink-faint">{hint}</p>}
          </div>
          {side === 'us' && writes ? <OwnAnswer item={item} /> : <ReadAnswer item={item} />}
        </div>
        <div className="flex w-full shrink-0 flex-wrap items-center justify-end gap-1 empty:hidden sm:w-40 sm:pt-1 sm:empty:flex">
          {comments.length > 0 && (
            <button
              type="button"
              onClick={onOpen}
              className="inline-flex h-6 items-center gap-1 rounded-sm px-1 text-xs text-ink-soft tabular-nums hover:bg-hover"
            >
              <MessageSquare aria-hidden className="size-3.5" />
              {comments.length}
              <span className="sr-only"> comments on {title}</span>
            </button>
          )}
          {state !== 'open' && <StateBadge state={state} />}
          {writes && state !== 'agreed' && item.answer !== '' && (
            <IconButton
              size="icon-sm"
              label={`Agree to ${title}`}
              disabled={acts.marking}
              onClick={() => acts.mark('agreed')}
            >
              <Check aria-hidden />
            </IconButton>
          )}
          {writes && state === 'answered' && (
            <IconButton
              size="icon-sm"
              label={`Problem with ${title}`}
              disabled={acts.marking}
              onClick={() => acts.mark('problem')}
              className="max-sm:hidden"
            >
              <TriangleAlert aria-hidden />
            </IconButton>
          )}
        </div>
      </div>
    </li>
  );
}

/** Answered here, as ours or for the other side. */
export function OwnAnswer({ item }: { item: AdvanceItem }) {
  const acts = useItemActs(item);
  if (item.kind === 'file') return <FileAnswer item={item} />;
  const offer = (take: (answer: string) => void) => <ScheduleNote item={item} onTake={take} />;
  return <AnswerField item={item} onSave={acts.answer} offer={item.kind === 'time' ? offer : undefined} />;
}

/** What was answered. */
export function ReadAnswer({ item }: { item: AdvanceItem }) {
  const { kind, answer, answeredBy, fileId } = item;
  return (
    <div className="min-w-0 pt-1.5 text-sm">
      {answer === '' && <p className="text-ink-faint">No answer yet</p>}
      {fileId && <FileLink id={fileId} name={answer} />}
      {!fileId && answer !== '' && <p className="break-words whitespace-pre-line">{shownAnswer(kind, answer)}</p>}
      {answeredBy && <p className="truncate text-xs text-ink-faint">{answeredBy.name}</p>}
      {kind === 'time' && <ScheduleNote item={item} />}
    </div>
  );
}
