import { Tabs as Radix } from 'radix-ui';
import { useEffect, useRef, type ReactNode } from 'react';

export interface Tab {
  value: string;
  label: string;
  /** A figure after the label. */
  count?: ReactNode;
  content: ReactNode;
}

interface TabsProps {
  tabs: readonly Tab[];
  label: string;
  value?: string;
  defaultValue?: string;
  onValue?: (value: string) => void;
  className?: string;
}

/** Views of one thing, one at a time. Arrow keys move between them; more than the screen has room for scroll sideways. */
export function Tabs({ tabs, label, value, defaultValue = tabs[0]?.value, onValue, className }: TabsProps) {
  const bar = useRef<HTMLDivElement>(null);
  // One that an address opens may lie beyond the edge, and so may any when a phone is turned. The bar alone scrolls.
  useEffect(() => {
    const list = bar.current;
    if (!list) return;
    const observer = new ResizeObserver(() => {
      const open = list.querySelector<HTMLElement>('[data-state=active]');
      if (open) list.scrollTo({ left: open.offsetLeft - (list.clientWidth - open.clientWidth) / 2 });
    });
    observer.observe(list);
    return () => observer.disconnect();
  }, [value]);
  return (
    <Radix.Root
      value={value}
      defaultValue={value === undefined ? defaultValue : undefined}
      onValueChange={onValue}
      className={className}
    >
      <Radix.List
        ref={bar}
        aria-label={label}
        className="relative flex gap-4 overflow-x-auto border-b border-line [scrollbar-width:thin]"
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="flex h-9 items-center gap-1.5 border-b-2 border-transparent text-sm font-medium whitespace-nowrap text-ink-soft hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {tab.label}
            {tab.count !== undefined && (
              <span className="text-xs text-ink-faint tabular-nums empty:hidden">{tab.count}</span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-5 focus-visible:outline-offset-4">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
