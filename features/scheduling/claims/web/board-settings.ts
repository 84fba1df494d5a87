import { useEffect, useState } from 'react';
import { groupings, noFilter, type BoardFilter, type Grouping } from '../board-rules.ts';
import { zooms, type Zoom } from '../zooms.ts';

/** How a member left the board on this device; there it begins again. */
export interface BoardSettings {
  grouping: Grouping;
  filter: BoardFilter;
  zoom: Zoom;
}

const usual: BoardSettings = { grouping: 'kind', filter: noFilter, zoom: 'week' };

export function useBoardSettings(slug: string) {
  const key = `holdfast.board.${slug}`;
  const [settings, setSettings] = useState(() => readSettings(localStorage.getItem(key)));
  useEffect(() => localStorage.setItem(key, JSON.stringify(settings)), [key, settings]);
  return [settings, (part: Partial<BoardSettings>) => setSettings((now) => ({ ...now, ...part }))] as const;
}

/** Text of an older version, or of a stranger, counts as nothing. */
function readSettings(stored: string | null): BoardSettings {
  const value: unknown = stored ? JSON.parse(stored) : null;
  if (typeof value !== 'object' || value === null) return usual;
  const grouping = groupings.find((name) => 'grouping' in value && name === value.grouping);
  const zoom = zooms.find((name) => 'zoom' in value && name === value.zoom);
  const onlyClaimed = 'filter' in value && JSON.stringify(value.filter).includes('"onlyClaimed":true');
  return { grouping: grouping ?? usual.grouping, zoom: zoom ?? usual.zoom, filter: { ...noFilter, onlyClaimed } };
}

/** The instant at the board's left edge, kept for this tab. */
export function rememberedTime(slug: string): number | null {
  const stored = Number(sessionStorage.getItem(`holdfast.board.${slug}.at`));
  return Number.isFinite(stored) && stored > 0 ? stored : null;
}

export function rememberTime(slug: string, time: number): void {
  sessionStorage.setItem(`holdfast.board.${slug}.at`, String(Math.round(time)));
}
