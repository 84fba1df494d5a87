import { PageHeader } from '#platform/ui/page-header.tsx';
import { Tabs } from '#platform/ui/tabs.tsx';
import { CsvImport } from './csv-import.tsx';
import { SeasonImport } from './season-import.tsx';

/** Data from elsewhere: a CSV of people, places, things or contacts, or a season of concerts. */
export function ImportPage() {
  return (
    <>
      <PageHeader
        title="Import"
        description="Bring in what you have. All of a file comes in or none of it, and the same file again changes nothing."
      />
      <div className="max-w-4xl px-4 pb-10 sm:px-6">
        <Tabs
          label="What to import"
          tabs={[
            { value: 'csv', label: 'CSV file', content: <CsvImport /> },
            { value: 'season', label: 'Concert season', content: <SeasonImport /> },
          ]}
        />
      </div>
    </>
  );
}
