import { cva, type VariantProps } from 'class-variance-authority';
import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

const button = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors duration-100 disabled:opacity-50 aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent hover:bg-accent-strong',
        secondary: 'border border-line bg-surface text-ink shadow-card hover:bg-hover active:bg-pressed',
        ghost: 'text-ink-soft hover:bg-hover hover:text-ink active:bg-pressed aria-expanded:bg-hover',
        danger: 'bg-danger text-on-danger hover:bg-danger-strong',
        'danger-ghost': 'text-danger hover:bg-danger-soft hover:text-on-danger-soft',
        link: 'h-auto px-0 text-accent underline-offset-4 hover:underline',
      },
      size: {
        sm: 'h-7 px-2 text-xs',
        md: 'h-8 px-3 text-sm',
        lg: 'h-10 px-4 text-base',
        'icon-sm': 'size-7',
        icon: 'size-8',
        'icon-lg': 'size-10',
      },
    },
    compoundVariants: [{ variant: 'link', class: 'h-auto px-0' }],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof button> {
  /** Renders the only child (a link) with the button's looks. */
  asChild?: boolean;
  /** Shows a spinner and refuses presses, keeping the label. */
  busy?: boolean;
}

/**
 * A button. It doesn't submit a form unless `type="submit"` says so. With `aria-disabled`, as while it is `busy`, it
 * refuses presses and keeps the focus; `disabled`, it loses the focus and Tab passes it by.
 */
export function Button({ variant, size, asChild, busy, className, children, ...props }: ButtonProps) {
  const classes = cn(button({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      className={classes}
      aria-busy={busy || undefined}
      {...props}
      {...((busy || props['aria-disabled']) && refusing)}
    >
      {busy && <LoaderCircle aria-hidden className="animate-turn" />}
      {children}
    </button>
  );
}

const refusing: ComponentProps<'button'> = { 'aria-disabled': true, onClick: (press) => press.preventDefault() };

/** A button of one icon. `label` is its accessible name and its tooltip. */
export function IconButton({
  label,
  children,
  variant = 'ghost',
  size = 'icon',
  ...props
}: Omit<ButtonProps, 'asChild' | 'aria-label'> & { label: string; children: ReactNode }) {
  return (
    <Button variant={variant} size={size} aria-label={label} title={label} {...props}>
      {children}
    </Button>
  );
}
