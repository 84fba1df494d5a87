import type { AnswerKind, Progress } from '../rules.ts';

export const kindLabel: Readonly<Record<AnswerKind, string>> = {
  text: 'A line',
  long_text: 'Several lines',
  choice: 'One of several',
  number: 'A number',
  time: 'A time',
  yes_no: 'Yes or no',
  file: 'A file',
};

export const sideOptions = [
  { value: 'them', label: 'The other side' },
  { value: 'us', label: 'We' },
] as const;

/** “12 of 40 agreed; 5 for us to answer, 20 for them; 1 problem” */
export function progressWords({ all, agreed, owed, problems }: Progress): string {
  const open = [
    owed.us > 0 && `${owed.us} for us to answer`,
    owed.them > 0 && `${owed.them} for the other side`,
  ].filter(Boolean);
  return [
    `${agreed} of ${all} agreed`,
    open.join(', '),
    problems > 0 && `${problems} ${problems === 1 ? 'problem' : 'problems'}`,
  ]
    .filter(Boolean)
    .join('; ');
}
