import { useState } from 'react';

interface MeanwhileProps<V extends object> {
  /** The record as it is now, kept live; the first one is what the form began with. */
  now: V;
  /** Of the record: those that the form edits. */
  fields: readonly (keyof V & string)[];
  /** False once one’s own changes are on their way. */
  watching: boolean;
}

/**
 * Says in an open form what somebody else has changed since it was opened. Nothing is taken over: fields that are left
 * alone keep their value when this form is saved, and for the others both values are shown then (see `useEdit`).
 */
export function Meanwhile<V extends object>({ now, fields, watching }: MeanwhileProps<V>) {
  const [opened] = useState(now);
  const changed = fields.filter((field) => JSON.stringify(now[field]) !== JSON.stringify(opened[field]));
  if (!watching || changed.length === 0) return null;
  return (
    <p role="status" className="mb-4 rounded-md bg-hold-soft px-3 py-2.5 text-sm text-pretty text-on-hold-soft">
      <span className="font-medium">Somebody else just changed: {changed.map(wordsOf).join(', ')}.</span> What you leave
      alone here stays as they have it.
    </p>
  );
}

/** `placeId` → “place”, `startsAt` → “starts”. */
function wordsOf(field: string): string {
  return field.replace(/(Id|At)$/, '').replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
}
