import type { ReactNode } from 'react';
import { answerLines, type AnsweredField } from '#features/intake/inquiries/answer-words.ts';

interface AnswerListProps {
  /** Of the revision that was answered. */
  fields: readonly AnsweredField[];
  /** By the field’s key. */
  answers: Readonly<Record<string, unknown>>;
  /** Names of places by id. */
  placeNames: Readonly<Record<string, string>>;
  /** A file by its id, for those who may have it; how many there are when absent. */
  renderFile?: (id: string) => ReactNode;
}

/** What somebody answered, in the words and the order it was asked in. What they weren’t asked, or left out, isn’t there. */
export function AnswerList({ fields, answers, placeNames, renderFile }: AnswerListProps) {
  const said = fields
    .map((field) => ({ field, lines: answerLines(field, answers[field.key], placeNames) }))
    .filter(({ lines }) => lines.length > 0);
  if (said.length === 0) return <p className="text-sm text-ink-soft">Nothing was filled in.</p>;
  return (
    <dl className="grid gap-3 text-sm">
      {said.map(({ field, lines }) => (
        <div key={field.key} className="grid min-w-0 gap-0.5">
          <dt className="text-ink-soft text-pretty">{field.label}</dt>
          <dd className="min-w-0 font-medium text-pretty wrap-anywhere whitespace-pre-wrap">
            {field.type === 'file' && renderFile
              ? filesOf(answers[field.key]).map((id) => <div key={id}>{renderFile(id)}</div>)
              : field.type === 'choice_many'
                ? lines.join(', ')
                : lines.join('\n')}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function filesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}
