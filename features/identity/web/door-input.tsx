import type { ComponentProps } from 'react';
import { Input } from '#platform/ui/input.tsx';

interface DoorInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  value: string;
  onValue: (value: string) => void;
}

/** A box at the door: as high as the passwords' and the buttons. */
export function DoorInput({ value, onValue, ...props }: DoorInputProps) {
  return <Input {...props} className="h-10" value={value} onChange={(event) => onValue(event.target.value)} />;
}
