import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

const row =
  'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 text-sm outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0';

interface MenuProps extends Pick<ComponentProps<typeof Radix.Content>, 'align' | 'side' | 'className'> {
  /** The button that opens it. */
  trigger: ReactNode;
  children: ReactNode;
}

/** A menu of commands. Fill it with `MenuItem`, `MenuCheck`, `MenuLabel` and `MenuSeparator`. */
export function Menu({ trigger, children, className, align = 'end', ...content }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            'z-50 max-h-[var(--radix-dropdown-menu-content-available-height)] min-w-48 animate-appear overflow-y-auto rounded-lg bg-raised p-1 shadow-float',
            className,
          )}
          {...content}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({ tone, className, ...props }: ComponentProps<typeof Radix.Item> & { tone?: 'danger' }) {
  return <Radix.Item className={cn(row, tone === 'danger' && 'text-danger', className)} {...props} />;
}

/** An item that is on or off. */
export function MenuCheck({ children, className, ...props }: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem className={cn(row, className)} {...props}>
      <span className="min-w-0 flex-1">{children}</span>
      <Radix.ItemIndicator>
        <Check aria-hidden className="text-accent" />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-1.5 pb-1 text-xs font-medium text-ink-faint">{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
