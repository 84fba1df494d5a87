import type { ComponentProps } from 'react';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { useFormValue } from '#platform/ui/entity-form.tsx';

interface MomentProps extends Omit<ComponentProps<typeof DateTimeField>, 'value' | 'onValue'> {
  /** '' while it is incomplete. */
  value: string;
  onValue: (value: string) => void;
}

/** A moment that a form can't do without. */
export function MomentInput({ value, onValue, ...field }: MomentProps) {
  return <DateTimeField {...field} value={value || null} onValue={(next) => onValue(next ?? '')} />;
}

/** One that something begins at: the end, by the name of its field, keeps its distance. */
export function StartInput({ end, value, onValue, ...field }: MomentProps & { end: string }) {
  const [endsAt, setEnd] = useFormValue(end);
  const start = (next: string) => {
    onValue(next);
    if (next && value && typeof endsAt === 'string' && endsAt)
      setEnd(new Date(Date.parse(endsAt) + Date.parse(next) - Date.parse(value)).toISOString());
  };
  return <MomentInput {...field} value={value} onValue={start} />;
}
