interface KnownColumn {
  /** What it becomes. */
  label: string;
  /** As a file’s first line may call it, the usual one first. */
  headings: readonly string[];
  needed: boolean;
}

/** Headings shown of each; people look for theirs, the rest is read all the same. */
const shown = 5;

/** Which columns a file may have, before one is chosen. */
export function KnownColumns({ columns }: { columns: readonly KnownColumn[] }) {
  return (
    <table className="w-full text-sm">
      <caption className="pb-1.5 text-left text-ink-soft">
        Columns that are understood, in any order. Others can be left in the file.
      </caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Column</th>
          <th scope="col">What its first line may say</th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ label, headings, needed }) => (
          <tr key={label} className="border-t border-line align-baseline">
            <th scope="row" className="w-2/5 py-1.5 pr-3 text-left font-medium">
              {label} {needed && <span className="text-xs font-normal text-ink-faint">needed</span>}
            </th>
            <td className="py-1.5 break-words text-ink-soft">
              {headings.slice(0, shown).join(', ').replaceAll('e mail', 'e-mail')}
              {headings.length > shown && ' …'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
