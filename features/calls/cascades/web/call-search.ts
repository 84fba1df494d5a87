import { callStates, type CallState } from '../cascade-contract.ts';

/** What the log of calls is narrowed to, in the address. Days are wall dates of the organisation. */
export interface CallSearch {
  state?: CallState | undefined;
  person?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** The open call. */
  call?: string | undefined;
}

/** What the overview of open seats is narrowed to. */
export interface OpenSeatSearch {
  skill?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);
const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^(19|2[01])\d\d-\d\d-\d\d$/.test(value) ? value : undefined;

export function readCallSearch(search: Record<string, unknown>): CallSearch {
  return {
    state: callStates.find((name) => name === search['state']),
    person: text(search['person']),
    from: day(search['from']),
    to: day(search['to']),
    call: text(search['call']),
  };
}

export function readOpenSeatSearch(search: Record<string, unknown>): OpenSeatSearch {
  return { skill: text(search['skill']), from: day(search['from']), to: day(search['to']) };
}
