import { useId } from 'react';
import { FieldFrame, type ControlProps } from '#platform/ui/field-frame.tsx';
import { Input, Textarea } from '#platform/ui/input.tsx';
import type { AnswerValue, FormField } from '../../field-rules.ts';
import { longest } from '../../value-rules.ts';
import { FileInput, type Upload } from './file-input.tsx';
import { Consent, OneOf, SomeOf } from './choice-inputs.tsx';
import { large, MoneyInput, NumberInput, TimesInput } from './value-inputs.tsx';

interface FieldQuestionProps {
  field: FormField;
  /** Names of the places that may be chosen. */
  places: readonly { id: string; name: string }[];
  value: unknown;
  error: string | undefined;
  /** Today, by the clock of whoever fills it in. */
  today: string;
  /** Money without a currency of its own yet: in the builder. */
  currency?: string;
  upload?: Upload | undefined;
  onAnswer: (key: string, value: AnswerValue | undefined) => void;
}

/** A question with what answers it. The element with `data-field` is where an error leads. */
export function FieldQuestion(props: FieldQuestionProps) {
  const { field, value, error, onAnswer } = props;
  const note = useId();
  if (field.type === 'section') {
    return (
      <div className="mt-4 border-b border-line pb-2 first:mt-0">
        <h2 className="text-lg font-semibold tracking-tight text-pretty wrap-anywhere">{field.label}</h2>
        {field.help && <p className="mt-0.5 text-sm text-pretty text-ink-soft">{field.help}</p>}
      </div>
    );
  }
  if (field.type === 'consent') {
    return (
      <div data-field={field.key}>
        <Consent
          label={field.label}
          help={field.help}
          error={error}
          given={value === true}
          onGiven={(given) => onAnswer(field.key, given ? true : undefined)}
          note={note}
        />
      </div>
    );
  }
  return (
    <div data-field={field.key}>
      <FieldFrame
        label={field.label}
        hint={field.help}
        error={error ?? ''}
        group={['choice_one', 'choice_many', 'place', 'times', 'file'].includes(field.type)}
        optional={!field.required}
        className="[&>label]:text-base [&>span]:text-base [&>span]:leading-snug [&>label]:leading-snug"
      >
        {(control) => <Answer {...props} control={control} />}
      </FieldFrame>
    </div>
  );
}

function Answer({ control, ...props }: FieldQuestionProps & { control: ControlProps }) {
  const { field, places, value, today, currency, onAnswer } = props;
  const onValue = (answer: AnswerValue | undefined) => onAnswer(field.key, answer);
  const text = typeof value === 'string' ? value : '';
  const chosen = Array.isArray(value) ? value.map(String) : text === '' ? [] : [text];
  switch (field.type) {
    case 'long_text':
      return (
        <Textarea
          {...control}
          value={text}
          maxLength={longest.long_text}
          onChange={(event) => onValue(event.target.value)}
          className="min-h-28 text-[1rem] leading-normal"
        />
      );
    case 'choice_one':
    case 'place': {
      const options = field.type === 'place' ? offered(field, places) : field.options;
      const one = (keys: string[]) => onValue(keys[0]);
      return <OneOf {...{ control, options, chosen }} name={field.label} onChosen={one} clearable={!field.required} />;
    }
    case 'choice_many':
      return <SomeOf {...{ control, chosen }} name={field.label} options={field.options} onChosen={onValue} />;
    case 'number':
      return <NumberInput {...{ control, value, onValue }} />;
    case 'money':
      return <MoneyInput {...{ control, value, onValue }} currency={field.currency ?? currency ?? 'EUR'} />;
    case 'file':
      return <FileInput {...{ control }} label={field.label} ids={chosen} onIds={onValue} upload={props.upload} />;
    case 'times':
      return (
        <TimesInput {...{ control, value, onValue }} earliest={field.meaning === 'times' ? today : '1900-01-01'} />
      );
    default:
      return <LineInput {...{ control, field, text, today, onValue }} />;
  }
}

/** Telephones offer the right keys, and what they know of their owner. */
const lines: Partial<Record<FormField['type'], { type: string; autoComplete: string; maxLength?: number }>> = {
  email: { type: 'email', autoComplete: 'email', maxLength: longest.email },
  phone: { type: 'tel', autoComplete: 'tel', maxLength: longest.phone },
  date: { type: 'date', autoComplete: 'off' },
};

function LineInput({
  control,
  field,
  text,
  today,
  onValue,
}: {
  control: ControlProps;
  field: FormField;
  text: string;
  today: string;
  onValue: (answer: string) => void;
}) {
  const known = field.meaning === 'contact_name' ? 'name' : field.meaning === 'company' ? 'organization' : 'on';
  const kind = lines[field.type] ?? { type: 'text', autoComplete: known, maxLength: longest.short_text };
  return (
    <Input
      {...control}
      {...kind}
      {...(field.type === 'date' ? { min: field.meaning === 'times' ? today : '1900-01-01', max: '2199-12-31' } : {})}
      value={text}
      onChange={(event) => onValue(event.target.value)}
      className={large}
    />
  );
}

function offered(field: FormField, places: readonly { id: string; name: string }[]) {
  return places.filter(({ id }) => field.placeIds.includes(id)).map(({ id, name }) => ({ key: id, label: name }));
}
