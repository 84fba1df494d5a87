const usual = [0, 1, 2, 3, 7, 14];

/** Choices of when to remind, the one that holds among them. */
export function remindOptions(held: number | null): { value: string; label: string }[] {
  const days = held === null || usual.includes(held) ? usual : [...usual, held].sort((a, b) => a - b);
  return [
    { value: 'none', label: 'None' },
    ...days.map((count) => ({ value: String(count), label: remindWords(count) })),
  ];
}

function remindWords(days: number): string {
  if (days === 0) return 'That morning';
  return days === 1 ? 'The day before' : `${days} days before`;
}

/** 570 → “09:30” */
export function timeOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** “09:30” → 570; null while it is incomplete. */
export function minuteOf(time: string): number | null {
  const [, hour, minute] = /^(\d\d):(\d\d)/.exec(time) ?? [];
  return hour && minute ? Number(hour) * 60 + Number(minute) : null;
}
