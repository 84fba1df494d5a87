import { Check, LoaderCircle } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { Input, Textarea } from '#platform/ui/input.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { Select } from '#platform/ui/select.tsx';
import { longest } from '../rules.ts';
import { shownAnswer } from './item-words.ts';
import { useAnswering, type Answerable, type Answering, type Given } from './use-answering.ts';

interface AnswerFieldProps {
  item: Answerable & { title: string };
  onSave: (given: Given) => Promise<{ answer: string; version: number }>;
  /** Larger boxes, for thumbs. */
  roomy?: boolean;
  /** Below it, with a way to answer with one press. */
  offer?: (take: (answer: string) => void) => ReactNode;
}

/** A box of the item's kind, which saves itself. */
export function AnswerField({ item, onSave, roomy = false, offer }: AnswerFieldProps) {
  const answering = useAnswering(item, onSave);
  const { busy, problem, clash, saved } = answering;
  const box = useRef<HTMLDivElement>(null);
  const take = (answer: string) => {
    answering.choose(answer);
    // What was pressed goes; on a phone the box itself would open its clock.
    box.current?.focus();
  };
  return (
    <div ref={box} tabIndex={-1} className="min-w-0 outline-none">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <AnswerControl item={item} answering={answering} roomy={roomy} />
        </div>
        <span className={cn('grid w-5 shrink-0 place-items-center', roomy ? 'h-11' : 'h-8')} role="status">
          {busy && <LoaderCircle aria-label="Saving" className="size-4 animate-turn text-ink-faint" />}
          {saved && <Check aria-label="Saved" className="size-4 text-good" />}
        </span>
      </div>
      {problem && (
        <p role="alert" className="mt-1 text-xs text-danger">
          {problem}
        </p>
      )}
      {!clash && offer?.(take)}
      {clash && (
        <div role="alert" className="mt-2 rounded-md bg-hold-soft px-3 py-2.5 text-sm text-on-hold-soft">
          <p className="font-medium">Somebody else answered this while you were writing.</p>
          <p className="mt-1 break-words">Yours: {shownAnswer(item.kind, clash.yours) || 'nothing'}</p>
          <p className="break-words">Theirs: {shownAnswer(item.kind, clash.theirs) || 'nothing'}</p>
          <div className="mt-2 flex flex-wrap gap-2">
            <Button size={roomy ? 'lg' : 'sm'} onClick={() => answering.decide(true)}>
              Keep mine
            </Button>
            <Button size={roomy ? 'lg' : 'sm'} onClick={() => answering.decide(false)}>
              Keep theirs
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

interface ControlProps {
  item: AnswerFieldProps['item'];
  answering: Answering;
  roomy: boolean;
}

const noAnswer = 'none';

function AnswerControl({ item: { kind, choices, title }, answering, roomy }: ControlProps) {
  const { value, type, choose, onFocus, onBlur, problem } = answering;
  const tall = roomy ? 'h-11 text-base' : '';
  const shared = { 'aria-label': title, 'aria-invalid': problem ? true : undefined, value, onFocus, onBlur };
  switch (kind) {
    case 'long_text':
      return (
        <Textarea
          {...shared}
          maxLength={longest.long_text}
          onChange={({ target }) => type(target.value)}
          className={roomy ? 'text-base' : ''}
        />
      );
    case 'choice':
      return (
        <Select
          aria-label={title}
          value={value === '' ? null : value}
          onValue={(chosen) => choose(chosen === noAnswer ? '' : chosen)}
          options={[
            ...choices.map((each) => ({ value: each, label: each })),
            ...(value === '' ? [] : [{ value: noAnswer, label: 'No answer yet' }]),
          ]}
          className={tall}
        />
      );
    case 'yes_no':
      return (
        <Segmented
          label={title}
          value={value === '' ? noAnswer : value}
          onValue={(chosen) => choose(chosen === noAnswer ? '' : chosen)}
          options={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
            { value: noAnswer, label: 'Not yet' },
          ]}
          className={roomy ? 'h-11 text-base' : ''}
        />
      );
    case 'time':
      return (
        <Input
          {...shared}
          type="time"
          onChange={({ target }) => type(target.value)}
          className={cn('max-w-36 tabular-nums', tall)}
        />
      );
    case 'number':
      return (
        <Input
          {...shared}
          inputMode="decimal"
          onChange={({ target }) => type(target.value.replace(',', '.'))}
          className={cn('max-w-36 tabular-nums', tall)}
        />
      );
    default:
      return (
        <Input
          {...shared}
          maxLength={longest.text}
          onChange={({ target }) => type(target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          className={tall}
        />
      );
  }
}
