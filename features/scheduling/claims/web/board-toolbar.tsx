import { CalendarSearch, ChevronLeft, ChevronRight, Copy, Ellipsis, Hourglass, Minus, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { fromWallClock } from '#platform/time/wall-clock.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { SearchInput, Input } from '#platform/ui/input.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { Popover } from '#platform/ui/popover.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { zooms } from '../zooms.ts';
import { BoardFilters } from './board-filters.tsx';
import type { BoardSettings } from './board-settings.ts';
import type { TimelineView } from './use-timeline-view.ts';

interface ToolbarProps {
  view: TimelineView;
  settings: BoardSettings;
  onSettings: (part: Partial<BoardSettings>) => void;
  selectedCount: number;
  onClearSelection: () => void;
  onPlace: () => void;
  onHoldsText: () => void;
  onAgeing: () => void;
}

export function BoardToolbar(props: ToolbarProps) {
  const { view, settings, onSettings } = props;
  const org = useOrg();
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2.5">
      <h1 className="text-lg font-semibold tracking-tight">Board</h1>
      <TimeSteps view={view} />
      <div className="flex items-center gap-1">
        <IconButton label="Zoom out (−)" onClick={() => view.step(-1)} disabled={view.zoom === 'quarter'}>
          <Minus aria-hidden />
        </IconButton>
        <Segmented
          label="Zoom"
          value={view.zoom}
          onValue={(zoom) => view.setZoom(zoom)}
          options={zooms.map((zoom) => ({ value: zoom, label: capital(zoom) }))}
        />
        <IconButton label="Zoom in (+)" onClick={() => view.step(1)} disabled={view.zoom === 'hour'}>
          <Plus aria-hidden />
        </IconButton>
      </div>
      <SearchInput
        label="Filter by name"
        className="w-40"
        value={settings.filter.text}
        onValue={(text) => onSettings({ filter: { ...settings.filter, text } })}
      />
      <BoardFilters settings={settings} onSettings={onSettings} />
      <div className="ml-auto flex items-center gap-2">
        {props.selectedCount > 0 && (
          <IconButton label={`Clear the selection of ${props.selectedCount}`} onClick={props.onClearSelection}>
            <X aria-hidden />
          </IconButton>
        )}
        {org.can('claims.hold') && (
          <Button variant="primary" onClick={props.onPlace}>
            <Plus aria-hidden />
            {props.selectedCount > 1
              ? `Hold these ${props.selectedCount}`
              : props.selectedCount === 1
                ? 'Hold this'
                : 'Place'}
          </Button>
        )}
        <Menu
          trigger={
            <IconButton label="More">
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          <MenuItem onSelect={props.onHoldsText}>
            <Copy aria-hidden /> Copy {org.words.hold.many} as text…
          </MenuItem>
          <MenuItem onSelect={props.onAgeing}>
            <Hourglass aria-hidden /> Ageing {org.words.hold.many}…
          </MenuItem>
        </Menu>
      </div>
    </header>
  );
}

/** Today, a screen back or on, and a jump to a date. */
function TimeSteps({ view }: { view: TimelineView }) {
  const [open, setOpen] = useState(false);
  const page = (direction: 1 | -1) => {
    const { from, to } = view.seen();
    view.show(from + (to - from) * (direction === 1 ? 1.05 : -0.55));
  };
  const jump = (date: string) => {
    const time = fromWallClock({ date, time: '00:00' }, view.zone);
    if (!time || date < '1970-01-01') return;
    view.show(Date.parse(time));
  };
  return (
    <div className="flex items-center gap-1">
      <IconButton label="Earlier" onClick={() => page(-1)}>
        <ChevronLeft aria-hidden />
      </IconButton>
      <Button onClick={() => view.show(Date.now())}>Today</Button>
      <IconButton label="Later" onClick={() => page(1)}>
        <ChevronRight aria-hidden />
      </IconButton>
      <Popover
        label="Go to a date"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <IconButton label="Go to a date">
            <CalendarSearch aria-hidden />
          </IconButton>
        }
      >
        <label className="block text-sm font-medium">
          Go to
          <Input
            type="date"
            className="mt-1"
            min="1970-01-01"
            max="2199-12-31"
            onChange={(event) => jump(event.target.value)}
          />
        </label>
      </Popover>
    </div>
  );
}
