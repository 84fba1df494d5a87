import { Select } from '#platform/ui/select.tsx';
import { importFields, type CsvPreview, type ImportField, type ImportKind } from '../contract.ts';
import { fieldsOf } from '../rules-csv-columns.ts';
import type { Mapping } from './csv-import.tsx';

export const fieldLabels: Readonly<Record<ImportField, string>> = {
  name: 'Name',
  email: 'E-mail',
  phone: 'Phone',
  zone: 'Time zone',
  address: 'Address',
  latitude: 'Latitude',
  longitude: 'Longitude',
  rate: 'Rate',
  rateCurrency: 'Rate: currency',
  rateUnit: 'Rate: per hour, day or service',
  skills: 'Skills',
  tags: 'Tags',
  notes: 'Notes',
  capacity: 'Capacity',
  parent: 'Part of (name of a place)',
  externalRef: 'Reference in the other system',
  partyKind: 'Person or company',
  roles: 'Roles',
  website: 'Website',
  company: 'Company that they belong to',
};

const skip = 'skip';

/** Which column becomes which field, above the first rows of the file. */
export function CsvColumns({
  kind,
  preview,
  onMapping,
}: {
  kind: ImportKind;
  preview: CsvPreview;
  onMapping: (mapping: Mapping) => void;
}) {
  const options = [
    { value: skip, label: 'Leave out' },
    ...fieldsOf(kind).map((field) => ({ value: field, label: fieldLabels[field] })),
  ];
  const change = (column: string, chosen: string) => {
    const field = importFields.find((candidate) => candidate === chosen) ?? null;
    // A field comes from one column: the one that had it before gives it up.
    const others = Object.entries(preview.mapping).map(
      ([name, current]) => [name, field !== null && current === field ? null : current] as const,
    );
    onMapping({ ...Object.fromEntries(others), [column]: field });
  };
  return (
    <div
      className="overflow-x-auto rounded-lg border border-line bg-surface shadow-card"
      tabIndex={0}
      role="region"
      aria-label="Columns and first rows"
    >
      <table className="w-max min-w-full text-sm">
        <thead>
          <tr>
            {preview.columns.map((column) => (
              <th
                key={column}
                scope="col"
                className="min-w-40 border-b border-line p-2 text-left align-bottom font-medium"
              >
                <span className="mb-1 block max-w-48 truncate text-xs text-ink-faint" title={column}>
                  {column}
                </span>
                <Select
                  aria-label={`Column ${column} becomes`}
                  value={preview.mapping[column] ?? skip}
                  onValue={(chosen) => change(column, chosen)}
                  options={options}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.sample.map((row, index) => (
            <tr key={index} className="border-b border-line last:border-0">
              {preview.columns.map((column) => (
                <td
                  key={column}
                  className={
                    preview.mapping[column]
                      ? 'max-w-48 truncate px-2.5 py-1.5'
                      : 'max-w-48 truncate px-2.5 py-1.5 text-ink-faint'
                  }
                  title={row[column]}
                >
                  {row[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
