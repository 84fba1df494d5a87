import type { DetailField } from '#features/engagements/details/contract.ts';
import { valueFault } from '#features/engagements/details/rules.ts';
import { answerLines, type AnsweredField } from './answer-words.ts';

interface Given {
  fields: readonly AnsweredField[];
  answers: Readonly<Record<string, unknown>>;
  placeNames: Readonly<Record<string, string>>;
}

/**
 * What answers say of an engagement's details: that of the question with a detail's key, or its label. What doesn't fit the
 * detail's kind stays an answer.
 * @returns by the detail's key
 */
export function detailsFrom(
  details: readonly DetailField[],
  { fields, answers, placeNames }: Given,
): { key: string; value: string }[] {
  return details.flatMap((detail) => {
    const asked =
      fields.find(({ key }) => key === detail.key) ??
      fields.find(({ label }) => folded(label) === folded(detail.label));
    const answer = asked && answers[asked.key];
    if (!asked || answer === undefined) return [];
    const value = valueOf(detail, asked, answer, placeNames);
    return value === '' || valueFault(detail, value) ? [] : [{ key: detail.key, value }];
  });
}

function valueOf(
  { kind }: DetailField,
  asked: AnsweredField,
  answer: unknown,
  placeNames: Given['placeNames'],
): string {
  if (kind === 'number') return typeof answer === 'number' ? String(answer) : '';
  if (kind === 'yes_no' && answer === true) return 'yes';
  // As written: a day, and the “yes” of a choice.
  if (kind === 'date' || kind === 'yes_no') return typeof answer === 'string' ? answer : '';
  return answerLines(asked, answer, placeNames).join(kind === 'text' ? '\n' : ', ');
}

const folded = (text: string) => text.trim().toLowerCase();
