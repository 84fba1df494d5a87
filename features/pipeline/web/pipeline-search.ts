import { packNames, type PackName } from '#features/organisations/packs/pack.ts';

export const pipelineViews = ['board', 'list', 'forecast'] as const;
export type PipelineView = (typeof pipelineViews)[number];

export const sortKeys = ['title', 'stage', 'starts', 'value', 'weighted', 'probability', 'lead', 'age'] as const;
export type SortKey = (typeof sortKeys)[number];

/** What the pipeline is narrowed to, in the address. `from` and `to` are wall dates of the organisation. */
export interface PipelineSearch {
  view?: PipelineView;
  pack?: PackName;
  lead?: string;
  party?: string;
  from?: string;
  to?: string;
  sort?: SortKey;
  /** From the largest to the smallest. */
  down?: boolean;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);
const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value) ? value : undefined;

export function readPipelineSearch(search: Record<string, unknown>): PipelineSearch {
  return {
    view: pipelineViews.find((view) => view === text(search['view'])),
    pack: packNames.find((name) => name === search['pack']),
    lead: idOf(search['lead']),
    party: idOf(search['party']),
    from: day(search['from']),
    to: day(search['to']),
    sort: sortKeys.find((key) => key === search['sort']),
    down: search['down'] === true || undefined,
  };
}
