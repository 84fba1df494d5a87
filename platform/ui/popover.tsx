import { Popover as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode, RefObject } from 'react';
import { cn } from './class-names.ts';

interface PopoverProps extends Pick<
  ComponentProps<typeof Radix.Content>,
  'align' | 'side' | 'onOpenAutoFocus' | 'className'
> {
  /** The button that opens it. */
  trigger?: ReactNode;
  /** What it stands beside, where one popover serves many buttons. */
  anchor?: RefObject<HTMLElement | null>;
  children: ReactNode;
  /** Accessible name of what opens. */
  label: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** A small surface beside its button. Not modal: the page stays usable. */
export function Popover({
  trigger,
  anchor,
  children,
  label,
  open,
  onOpenChange,
  className,
  align = 'start',
  ...content
}: PopoverProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      {anchor && <Radix.Anchor virtualRef={anchor} />}
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={12}
          className={cn(
            'z-50 max-h-[var(--radix-popover-content-available-height)] max-w-[calc(100vw-24px)] animate-appear overflow-auto rounded-lg bg-raised p-3 shadow-float outline-none',
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

/** Closes the popover that it is in. */
export const PopoverClose = Radix.Close;
