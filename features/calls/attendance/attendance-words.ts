import type { AttendanceStatus } from './contract.ts';

const words: Readonly<Record<AttendanceStatus, string>> = {
  present: 'Present',
  late: 'Late',
  left_early: 'Left early',
  excused: 'Excused',
  absent: 'Absent',
};

/** As people read it. */
export function statusWord(status: AttendanceStatus): string {
  return words[status];
}

/** Keys that note somebody in the grid. */
export const statusKeys: Readonly<Record<string, AttendanceStatus>> = {
  p: 'present',
  l: 'late',
  e: 'left_early',
  x: 'excused',
  a: 'absent',
};

/** “Late, 12 minutes: train cancelled”. */
export function markSentence({
  status,
  minutes,
  note,
}: {
  status: AttendanceStatus;
  minutes: number;
  note: string;
}): string {
  const missed = minutes > 0 ? `, ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}` : '';
  return `${words[status]}${missed}${note ? `: ${note}` : ''}`;
}
