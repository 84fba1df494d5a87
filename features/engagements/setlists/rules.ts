interface Lasting {
  lasts: number | null;
}

interface Went extends Lasting {
  planned: boolean;
  played: 'played' | 'skipped' | null;
}

export interface RunningTime {
  seconds: number;
  /** Entries whose length nobody knows. */
  unknown: number;
}

/** How long entries take one after the other. */
export function runningTime(entries: readonly Lasting[]): RunningTime {
  return entries.reduce<RunningTime>(
    ({ seconds, unknown }, { lasts }) =>
      lasts === null ? { seconds, unknown: unknown + 1 } : { seconds: seconds + lasts, unknown },
    { seconds: 0, unknown: 0 },
  );
}

/** As it was planned: without what came on stage. */
export function asPlanned<E extends Went>(entries: readonly E[]): E[] {
  return entries.filter(({ planned }) => planned);
}

/** As it went, so far as somebody said; before that, as planned. */
export function asPlayed<E extends Went>(entries: readonly E[]): E[] {
  if (entries.every(({ played }) => played === null)) return asPlanned(entries);
  return entries.filter(({ played }) => played === 'played');
}

/** “3:05”, “1:02:10” */
export function lengthText(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** “3:05”, “1:02:10” or minutes alone, as people write lengths; null: it is none, or none that a song has. */
export function readLength(written: string): number | null {
  const parts = written.trim().split(':');
  if (parts.length > 3 || !parts.every((part) => /^\d{1,4}$/.test(part))) return null;
  const [first = 0, second = 0, third = 0] = parts.map(Number);
  if (parts.length > 1 && (parts.length === 3 ? third > 59 || second > 59 : second > 59)) return null;
  const seconds = parts.length === 3 ? first * 3600 + second * 60 + third : first * 60 + second;
  return seconds >= 1 && seconds <= 36_000 ? seconds : null;
}

/** “12:30 left”, “2:10 over”; null while no slot is set. */
export function slotWords(
  { seconds }: RunningTime,
  slotMinutes: number | null,
): { text: string; over: boolean } | null {
  if (slotMinutes === null) return null;
  const left = slotMinutes * 60 - seconds;
  if (left === 0) return { text: 'to the second', over: false };
  return left > 0
    ? { text: `${lengthText(left)} left`, over: false }
    : { text: `${lengthText(-left)} over`, over: true };
}
