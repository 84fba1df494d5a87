import { useState } from 'react';
import { Input } from '#platform/ui/input.tsx';

/** The seat of somebody on a leg, saved when it is left. */
export function SeatInput({ name, seat, onSeat }: { name: string; seat: string; onSeat: (seat: string) => void }) {
  const [text, setText] = useState(seat);
  const save = () => {
    if (text.trim() !== seat) onSeat(text.trim());
  };
  return (
    <Input
      aria-label={`Seat of ${name}`}
      placeholder="Seat"
      maxLength={20}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        // The form around is about the leg.
        event.preventDefault();
        save();
      }}
      className="h-7 w-20 shrink-0"
    />
  );
}
