/** What the list of engagements is narrowed to, in the address. `from` and `to` are wall dates of the organisation. */
export interface EngagementSearch {
  q?: string;
  stage?: string;
  series?: string;
  place?: string;
  from?: string;
  to?: string;
  /** `all` lists what is over too. */
  when?: 'all';
  /** Opens the form for a new one. */
  create?: boolean;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);
const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;

export function readEngagementSearch(search: Record<string, unknown>): EngagementSearch {
  return {
    q: text(search['q']),
    stage: text(search['stage']),
    series: text(search['series']),
    place: text(search['place']),
    from: day(search['from']),
    to: day(search['to']),
    when: search['when'] === 'all' ? 'all' : undefined,
    create: search['create'] === true || undefined,
  };
}

/** The address of one engagement: the tab that is open; with `at`, as it was at that instant. */
export function readDossierSearch(search: Record<string, unknown>): { at?: string; tab?: string } {
  const at = text(search['at']);
  return {
    at: at && Number.isFinite(Date.parse(at)) ? new Date(at).toISOString() : undefined,
    tab: text(search['tab']),
  };
}
