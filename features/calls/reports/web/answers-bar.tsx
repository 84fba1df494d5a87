import { cn } from '#platform/ui/class-names.ts';

interface Answers {
  sent: number;
  accepted: number;
  declined: number;
  expired: number;
  withdrawn: number;
}

/** What became of calls, in the order of the bar; the rest is open or was taken back. */
export const parts = [
  { key: 'accepted', label: 'Accepted', colour: 'bg-good' },
  { key: 'declined', label: 'Declined', colour: 'bg-danger' },
  { key: 'expired', label: 'No answer', colour: 'bg-hold' },
  { key: 'withdrawn', label: 'Withdrew', colour: 'bg-ink-soft' },
] as const;

/** Somebody's calls as a bar, as long as there were calls, divided by how they were answered. The figures stand beside it. */
export function AnswersBar({ row, most }: { row: Answers; most: number }) {
  const share = (calls: number) => `${most > 0 ? (calls / most) * 100 : 0}%`;
  const rest = row.sent - parts.reduce((sum, { key }) => sum + row[key], 0);
  const told = parts.flatMap(({ key, label }) => (row[key] > 0 ? `${label}: ${row[key]}` : []));
  const label = told.join(', ') || 'None answered';
  return (
    <div role="img" aria-label={label} title={label} className="flex h-2 w-full overflow-hidden rounded-full bg-sunken">
      {parts.map(({ key, colour }) => (
        <div key={key} className={colour} style={{ width: share(row[key]) }} />
      ))}
      <div className="bg-pencil" style={{ width: share(rest) }} />
    </div>
  );
}

/** What the colours mean. */
export function AnswersKey() {
  return (
    <ul aria-label="Colours" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-soft">
      {[...parts, { key: 'rest', label: 'Open or taken back', colour: 'bg-pencil' }].map(({ key, label, colour }) => (
        <li key={key} className="flex items-center gap-1.5">
          <span aria-hidden className={cn('size-2 rounded-full', colour)} />
          {label}
        </li>
      ))}
    </ul>
  );
}
