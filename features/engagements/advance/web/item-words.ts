import { formatTime } from '#platform/time/format.ts';
import { answerWords, type AnswerKind, type Progress } from '../rules.ts';

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

/** “12 of 40 agreed; 5 for us to answer, 20 for them; 1 problem; 2 differ from the schedule” */
export function progressWords({ all, agreed, owed, problems }: Progress, differing: number): string {
  const open = [
    owed.us > 0 && `${owed.us} for us to answer`,
    owed.them > 0 && `${owed.them} for the other side`,
  ].filter(Boolean);
  return [
    `${agreed} of ${all} agreed`,
    open.join(', '),
    problems > 0 && `${problems} ${problems === 1 ? 'problem' : 'problems'}`,
    differing > 0 && `${differing} ${differing === 1 ? 'differs' : 'differ'} from the schedule`,
  ]
    .filter(Boolean)
    .join('; ');
}

/** “18:30”, or “6:30 PM” where that is how times are written, as the boxes for times have it. */
export function clockWords(time: string): string {
  return formatTime(`2000-01-01T${time}:00Z`, 'UTC');
}

/** An answer as its reader writes such things. */
export function shownAnswer(kind: AnswerKind, answer: string): string {
  return kind === 'time' && answer !== '' ? clockWords(answer) : answerWords(kind, answer);
}
