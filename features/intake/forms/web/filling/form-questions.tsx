import { visibleFields } from '../../answer-rules.ts';
import type { AnswerValue, FormField } from '../../field-rules.ts';
import { FieldQuestion } from './field-question.tsx';
import type { Upload } from './file-input.tsx';

interface FormQuestionsProps {
  /** Of its heading: 1 on a page of its own. */
  level?: 1 | 2;
  title: string;
  intro: string;
  fields: readonly FormField[];
  places: readonly { id: string; name: string }[];
  answers: Readonly<Record<string, unknown>>;
  errors: ReadonlyMap<string, string>;
  today: string;
  /** Of the organisation, for money whose field names none yet. */
  currency?: string;
  /** Takes an applicant’s files; absent where nothing is sent. */
  upload?: Upload | undefined;
  onAnswer: (key: string, value: AnswerValue | undefined) => void;
}

/** The form as people see it: what depends on an answer comes and goes with it. Also the builder’s preview. */
export function FormQuestions({ level = 1, title, intro, fields, answers, errors, ...rest }: FormQuestionsProps) {
  const Title = level === 1 ? 'h1' : 'h2';
  return (
    <>
      <Title className="text-2xl font-semibold tracking-tight text-balance wrap-anywhere">{title}</Title>
      {intro && (
        <p className="mt-2 text-[1rem] leading-normal text-pretty whitespace-pre-line text-ink-soft">{intro}</p>
      )}
      <div className="mt-6 grid grid-cols-1 gap-5">
        {visibleFields(fields, answers).map((field) => (
          <FieldQuestion
            key={field.key}
            field={field}
            value={answers[field.key]}
            error={errors.get(field.key)}
            {...rest}
          />
        ))}
      </div>
    </>
  );
}
