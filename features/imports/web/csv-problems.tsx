import type { CsvPreview } from '../contract.ts';

const shown = 100;

/** What must be mended in the file before it can be imported. */
export function CsvProblems({ problems }: { problems: CsvPreview['problems'] }) {
  if (problems.length === 0) return null;
  return (
    <section aria-label="Rows to mend" className="rounded-lg bg-danger-soft p-4 text-sm text-on-danger-soft">
      <h2 className="font-semibold">
        {problems.length === 1
          ? 'One thing is to be mended'
          : `${problems.length.toLocaleString()} things are to be mended`}
      </h2>
      <p className="mb-2">
        Nothing is imported while a row is wrong. Mend the file and choose it again, or leave the column out.
      </p>
      <ul className="grid max-h-72 gap-1 overflow-y-auto" tabIndex={0}>
        {problems.slice(0, shown).map(({ row, column, message }) => (
          <li key={`${row} ${column} ${message}`} className="flex gap-3">
            <span className="w-16 shrink-0 tabular-nums">Row {row}</span>
            <span className="min-w-0 break-words">
              {column && <strong className="font-medium">{column}: </strong>}
              {message}
            </span>
          </li>
        ))}
      </ul>
      {problems.length > shown && <p className="mt-2">The first {shown} are shown.</p>}
    </section>
  );
}
