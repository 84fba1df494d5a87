import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { DatesFilter } from '#platform/ui/dates-filter.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { Tabs } from '#platform/ui/tabs.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { SkillPicker } from '#features/calls/lists/web/skill-picker.tsx';
import { saveFile } from '#features/history/web/save-file.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ReportQuery } from '../contract.ts';
import { FairnessReport } from './fairness-report.tsx';
import { reportsApi } from './report-queries.ts';
import { readReportSearch, reportNames, type ReportName, type ReportSearch } from './report-search.ts';
import { ResponseTimesReport } from './response-times-report.tsx';

/** What calls say about those who are asked: how they are dealt out, how fast they are answered. */
export function ReportsPage() {
  const navigate = useNavigate();
  const search = useSearch({ strict: false, select: (raw) => readReportSearch(raw) });
  const { report = 'fairness', from, to, skill } = search;
  const query: ReportQuery = { ...(from && { from }), ...(to && { to }), ...(skill && { skill }) };
  const narrow = (part: ReportSearch) => void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  const choose = (value: string) => narrow({ report: reportNames.find((name) => name === value) });
  return (
    <>
      <PageHeader title="Reports" actions={<Export report={report} query={query} />}>
        <DatesFilter any="The last year" dates={{ from, to }} onChange={narrow} />
        <SkillPicker
          aria-label="Skill"
          placeholder="Every skill"
          value={skill ?? null}
          onValue={(chosen) => narrow({ skill: chosen ?? undefined })}
          clearable
          className="w-full sm:w-60"
        />
      </PageHeader>
      <Tabs
        label="Reports"
        className="px-4 pb-12 sm:px-6"
        value={report}
        onValue={choose}
        tabs={[
          { value: 'fairness', label: 'Fairness', content: <FairnessReport query={query} /> },
          { value: 'response-times', label: 'Response times', content: <ResponseTimesReport query={query} /> },
        ]}
      />
    </>
  );
}

/** The report in sight, as CSV. */
function Export({ report, query }: { report: ReportName; query: ReportQuery }) {
  const org = useOrg();
  const toast = useToast();
  const take = useMutation({
    mutationFn: () =>
      report === 'fairness'
        ? reportsApi.fairnessCsv({ org: org.slug, query })
        : reportsApi.responseTimesCsv({ org: org.slug, query }),
    onSuccess: (csv) => saveFile(`${org.slug}-${report}.csv`, csv, 'text/csv'),
    onError: (error) => toast({ tone: 'danger', title: 'Nothing was exported', detail: errorText(error) }),
  });
  return (
    <Button busy={take.isPending} onClick={() => take.mutate()}>
      {!take.isPending && <Download aria-hidden />} Export CSV
    </Button>
  );
}
