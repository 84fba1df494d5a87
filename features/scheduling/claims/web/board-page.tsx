import { useSearch } from '@tanstack/react-router';
import { fromWallClock } from '#platform/time/wall-clock.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { BoardAgenda } from './board-agenda.tsx';
import { readBoardSearch } from './board-search.ts';
import { BoardScreen } from './board-screen.tsx';
import { rememberedTime, useBoardSettings } from './board-settings.ts';
import { useMediaQuery } from './use-media-query.ts';

/** Everything that is booked: a timeline where there is room for one, else a day at a time. */
export function BoardPage() {
  const org = useOrg();
  const search = readBoardSearch(useSearch({ strict: false }));
  const [settings, setSettings] = useBoardSettings(org.slug);
  const wide = useMediaQuery('(min-width: 640px)');
  const wanted = search.at ? instantOf(search.at, org.zone) : rememberedTime(org.slug);
  const at = wanted ?? Date.now();
  const parts = { settings, onSettings: setSettings };
  if (!wide) return <BoardAgenda {...parts} at={at} />;
  // A link to another time is another start: the screen begins anew.
  return (
    <BoardScreen
      {...parts}
      key={search.at}
      start={{ at, zoom: search.zoom ?? settings.zoom, anywhere: wanted === null }}
    />
  );
}

/** A date alone means its beginning where the organisation is. */
function instantOf(at: string, zone: string): number {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(at) ? fromWallClock({ date: at, time: '00:00' }, zone) : null;
  return Date.parse(midnight ?? at);
}
