import { Command } from 'cmdk';
import { LoaderCircle, Search } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useRef, useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { usePaletteRows, type PaletteRow } from './palette-rows.ts';

/** Everything by typing: pages, people, places, engagements and what one can make. */
export function CommandPalette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const left = useRef(false);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-overlay" />
        <Radix.Content
          aria-describedby={undefined}
          // What had the focus before may be gone with its page.
          onCloseAutoFocus={(event) => {
            if (!left.current) return;
            event.preventDefault();
            left.current = false;
            document.getElementById('main')?.focus({ preventScroll: true });
          }}
          className="fixed inset-x-3 top-[max(0.75rem,12dvh)] z-50 mx-auto max-w-xl animate-appear overflow-hidden rounded-xl bg-raised shadow-float outline-none"
        >
          <Radix.Title className="sr-only">Search and commands</Radix.Title>
          <Palette
            onDone={() => {
              left.current = true;
              onOpenChange(false);
            }}
          />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Palette({ onDone }: { onDone: () => void }) {
  const org = useOrg();
  const [query, setQuery] = useState('');
  const [marked, setMarked] = useState('');
  const { rows, busy } = usePaletteRows(query);
  // Rows that come from the server replace those that were marked: Enter then takes the first.
  const current = rows.some(({ value }) => value === marked) ? marked : (rows[0]?.value ?? '');
  const groups = Map.groupBy(rows, ({ group }) => group);
  const choose = (row: PaletteRow) => {
    onDone();
    void row.run();
  };
  return (
    <Command label="Search and commands" loop shouldFilter={false} value={current} onValueChange={setMarked}>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden className="size-4 text-ink-faint" />
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder={`Search ${org.words.person.many}, ${org.words.place.many}, ${org.words.engagement.many}…`}
          className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none"
        />
        {busy && <LoaderCircle aria-hidden className="size-4 animate-turn text-ink-faint" />}
      </div>
      {rows.length === 0 && !busy && (
        <p role="status" className="py-10 text-center text-sm text-ink-faint">
          Nothing is called that.
        </p>
      )}
      <Command.List hidden={rows.length === 0} className="max-h-[min(26rem,60dvh)] overflow-y-auto p-1.5 pb-2">
        {[...groups].map(([heading, members]) => (
          <Command.Group
            key={heading}
            heading={heading}
            className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-faint"
          >
            {members.map((row) => (
              <Row key={row.value} row={row} onChoose={() => choose(row)} />
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}

function Row({ row: { value, label, hint, icon: Icon }, onChoose }: { row: PaletteRow; onChoose: () => void }) {
  return (
    <Command.Item
      value={value}
      onSelect={onChoose}
      className="flex min-h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 text-sm select-none data-[selected=true]:bg-hover"
    >
      {Icon && <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />}
      <span className="min-w-0 truncate">{label}</span>
      {hint && <span className="ml-auto max-w-[50%] truncate text-xs text-ink-faint">{hint}</span>}
    </Command.Item>
  );
}
