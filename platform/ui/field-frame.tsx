import { useId, type ReactNode } from 'react';
import { cn } from './class-names.ts';

/** What the control inside a frame must carry so that its label, hint and error belong to it. */
export interface ControlProps {
  id: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

interface FieldFrameProps {
  label: string;
  hint?: ReactNode;
  error?: string;
  /** The control is several controls (rows of skills, a file and its button): the label names them as a group. */
  group?: boolean;
  /** Says “optional” after the label. */
  optional?: boolean;
  className?: string;
  children: (control: ControlProps) => ReactNode;
}

/** A label above a control, a hint and an error below it. For forms of an entity use `entityForm`. */
export function FieldFrame({ label, hint, error, group, optional, className, children }: FieldFrameProps) {
  const id = useId();
  const describedBy = error || hint ? `${id}-note` : undefined;
  const Label = group ? 'span' : 'label';
  const labelProps = group ? { id: `${id}-label` } : { htmlFor: id };
  return (
    <div className={cn('min-w-0', className)} {...(group ? { role: 'group', 'aria-labelledby': `${id}-label` } : {})}>
      <Label {...labelProps} className="mb-1 flex items-baseline gap-1.5 text-sm font-medium">
        {label}
        {optional && <span className="text-xs font-normal text-ink-faint">optional</span>}
      </Label>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': describedBy })}
      {(error || hint) && (
        <p
          id={describedBy}
          role={error ? 'alert' : undefined}
          className={cn('mt-1 text-xs text-pretty', error ? 'text-danger' : 'text-ink-faint')}
        >
          {error || hint}
        </p>
      )}
    </div>
  );
}
