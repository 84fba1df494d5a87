export const reportNames = ['fairness', 'response-times'] as const;
export type ReportName = (typeof reportNames)[number];

/** Which report, and of what, in the address. Days are the organisation's; the last year when absent. */
export interface ReportSearch {
  report?: ReportName | undefined;
  from?: string | undefined;
  to?: string | undefined;
  skill?: string | undefined;
}

const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^(19|2[01])\d\d-\d\d-\d\d$/.test(value) ? value : undefined;

export function readReportSearch(search: Record<string, unknown>): ReportSearch {
  const { skill } = search;
  return {
    report: reportNames.find((name) => name === search['report']),
    from: day(search['from']),
    to: day(search['to']),
    skill: typeof skill === 'string' && skill ? skill : undefined,
  };
}
