import { zooms, type Zoom } from '../zooms.ts';

/** Where a link makes the board begin: `at` is an instant or a date. */
export interface BoardSearch {
  at?: string;
  zoom?: Zoom;
}

export function readBoardSearch(search: Record<string, unknown>): BoardSearch {
  const at = search['at'];
  return {
    at: typeof at === 'string' && Number.isFinite(Date.parse(at)) ? at : undefined,
    zoom: zooms.find((zoom) => zoom === search['zoom']),
  };
}
