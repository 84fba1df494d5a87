import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

const badge = cva(
  'inline-flex h-5 max-w-full items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap',
  {
    variants: {
      tone: {
        neutral: 'bg-pencil-soft text-on-pencil-soft',
        accent: 'bg-accent-soft text-on-accent-soft',
        hold: 'bg-hold-soft text-on-hold-soft',
        good: 'bg-good-soft text-on-good-soft',
        danger: 'bg-danger-soft text-on-danger-soft',
        outline: 'border border-line text-ink-soft',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
);

export type BadgeTone = NonNullable<VariantProps<typeof badge>['tone']>;

/** A word or two about a thing's state. */
export function Badge({ tone, className, children, ...props }: ComponentProps<'span'> & VariantProps<typeof badge>) {
  return (
    <span className={cn(badge({ tone }), className)} {...props}>
      <span className="truncate">{children}</span>
    </span>
  );
}
