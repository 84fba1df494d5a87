import { CircleAlert, CircleCheck, Info, ListOrdered } from 'lucide-react';
import { cn } from '#platform/ui/class-names.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ClaimStatus } from '../contract.ts';
import type { CheckAnswer } from './use-check.ts';

type Tone = 'danger' | 'hold' | 'quiet' | 'good';
interface Note {
  tone: Tone;
  text: string;
}

const looks: Readonly<Record<Tone, { icon: typeof Info; className: string }>> = {
  danger: { icon: CircleAlert, className: 'text-danger' },
  hold: { icon: ListOrdered, className: 'text-on-hold-soft' },
  quiet: { icon: Info, className: 'text-ink-soft' },
  good: { icon: CircleCheck, className: 'text-good' },
};

/** What would happen, in plain words; `most` keeps it short where there is little room. */
export function CheckNotes({
  answer,
  status,
  most = 6,
}: {
  answer: CheckAnswer | null;
  status: ClaimStatus;
  most?: number;
}) {
  const { words } = useOrg();
  if (!answer) return null;
  const notes = notesOf(answer, status, words.hold.one);
  const shown = notes.slice(0, most);
  return (
    <ul className="space-y-1 text-sm">
      {shown.map(({ tone, text }) => {
        const { icon: Icon, className } = looks[tone];
        return (
          <li key={text} className={cn('flex items-start gap-2', className)}>
            <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span className="min-w-0 break-words">{text}</span>
          </li>
        );
      })}
      {notes.length > shown.length && <li className="pl-6 text-ink-faint">and {notes.length - shown.length} more</li>}
    </ul>
  );
}

function notesOf({ conflicts, holds, warnings }: CheckAnswer, status: ClaimStatus, hold: string): Note[] {
  const refused = conflicts.map(({ message }): Note => ({
    tone: status === 'commit' ? 'danger' : 'quiet',
    text: message,
  }));
  const queued = holds.map(({ message }): Note => ({ tone: status === 'pencil' ? 'quiet' : 'hold', text: message }));
  const warned = warnings.map(({ message }): Note => ({ tone: 'quiet', text: message }));
  const notes = [...refused, ...queued, ...warned];
  if (notes.length > 0) return unique(notes);
  return [{ tone: 'good', text: status === 'hold' ? `Free: this would be the first ${hold}.` : 'Free.' }];
}

function unique(notes: readonly Note[]): Note[] {
  return [...new Map(notes.map((note) => [note.text, note])).values()];
}
