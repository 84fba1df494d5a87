import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

/** Wraps the application once, so that a second tooltip opens without delay. */
export const TooltipProvider = Radix.Provider;

/** A few words about its child, on hover and focus. Never the only place for something that must be known. */
export function Tooltip({
  text,
  children,
  side = 'top',
}: {
  text: ReactNode;
  children: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
}) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-[60] max-w-72 animate-appear rounded-md bg-ink px-2 py-1 text-xs text-canvas shadow-float"
        >
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
