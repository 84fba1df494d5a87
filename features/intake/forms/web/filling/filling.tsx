import type { UseMutationResult } from '@tanstack/react-query';
import { useRef, useState, type FormEvent, type RefObject } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { answerFaults } from '../../answer-rules.ts';
import type { FormSent, PublicForm } from '../../contract.ts';
import { brandButton } from './brand.tsx';
import { FormQuestions } from './form-questions.tsx';
import type { Upload } from './file-input.tsx';
import { useKeptAnswers } from './kept-answers.ts';
import type { ToSend } from './use-sending.ts';

interface FillingProps {
  org: string;
  slug: string;
  form: PublicForm;
  sending: UseMutationResult<FormSent, Error, ToSend>;
  upload: Upload;
  /** Somebody begins to write. */
  onBegin: () => void;
  /** Another request, from a page of its own. */
  onStartAgain: () => void;
}

const none: ReadonlyMap<string, string> = new Map();

/** The form being filled in: kept while somebody types, looked through before it is sent, led to what is wrong. */
export function Filling({ org, slug, form, sending, upload, onBegin, onStartAgain }: FillingProps) {
  const { answers, restored, set, clear } = useKeptAnswers(org, slug);
  const [errors, setErrors] = useState(none);
  const [round, setRound] = useState(0);
  const [onWay, setOnWay] = useState(0);
  const place = useRef<HTMLFormElement>(null);
  const trap = useRef<HTMLInputElement>(null);
  const today = localToday();
  const show = (faults: ReadonlyMap<string, string>) => {
    setErrors(faults);
    const [first] = faults.keys();
    // Once the messages stand there, so that they are read with what they are about.
    if (first !== undefined) requestAnimationFrame(() => focusOn(place.current, first));
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    const faults = answerFaults(form.fields, answers, today);
    show(faults);
    if (faults.size > 0 || sending.isPending) return;
    const what = { answers, homepage: trap.current?.value ?? '' };
    sending.mutate(what, { onSuccess: clear, onError: (error) => show(faultsOf(error)) });
  };
  const uploadCounted: Upload = async (file) => {
    setOnWay((count) => count + 1);
    try {
      return await upload(file);
    } finally {
      setOnWay((count) => count - 1);
    }
  };
  const startOver = () => {
    clear();
    setErrors(none);
    // What is typed in some boxes is their own.
    setRound(round + 1);
    sending.reset();
    onStartAgain();
  };
  const failed = sending.error && errors.size === 0 ? sending.error : null;
  const used = failed instanceof ApiError && failed.code === 'form_used';
  return (
    <form ref={place} noValidate onSubmit={send} aria-label={form.title}>
      <FormQuestions
        key={round}
        {...form}
        answers={answers}
        errors={errors}
        today={today}
        upload={uploadCounted}
        onAnswer={(key, value) => {
          onBegin();
          set(key, value);
          if (errors.has(key)) setErrors(new Map([...errors].filter(([one]) => one !== key)));
        }}
      />
      <Trap box={trap} />
      {errors.size > 0 && (
        <p role="alert" className="mt-6 rounded-md bg-danger-soft px-3 py-2.5 text-sm text-on-danger-soft">
          {errors.size === 1 ? 'One answer needs another look.' : `${errors.size} answers need another look.`} Nothing
          was sent yet.
        </p>
      )}
      {failed instanceof ApiError && failed.code === 'rate_limited' && (
        // Its own words say how long to wait.
        <p role="alert" className="mt-6 rounded-md bg-danger-soft px-3 py-2.5 text-sm text-on-danger-soft">
          {failed.message}
        </p>
      )}
      {failed && !(failed instanceof ApiError && failed.code === 'rate_limited') && (
        <ErrorNotice error={failed} className="mt-6">
          {used && (
            <button type="button" onClick={startOver} className="ml-1 underline underline-offset-4">
              Begin another one
            </button>
          )}
        </ErrorNotice>
      )}
      <div className="mt-6 grid gap-3">
        <Button
          type="submit"
          variant="primary"
          busy={sending.isPending || onWay > 0}
          className="h-12 w-full text-[1rem] sm:w-auto sm:justify-self-start sm:px-8"
          style={brandButton(form.organisation.colour)}
        >
          {sending.isPending ? 'Sending…' : onWay > 0 ? 'A file is on its way…' : 'Send'}
        </Button>
        <p className="text-xs text-pretty text-ink-faint">
          {restored && Object.keys(answers).length > 0 ? 'What you wrote last time is still here. ' : ''}What you write
          stays on this device until you send it.
          {Object.keys(answers).length > 0 && (
            <button type="button" onClick={startOver} className="ml-1 underline underline-offset-4 hover:text-ink">
              Empty the form
            </button>
          )}
        </p>
      </div>
    </form>
  );
}

/** A box that programs fill in and people don’t meet: out of sight, out of the order of keys, and nothing to listen to. */
function Trap({ box }: { box: RefObject<HTMLInputElement | null> }) {
  return (
    <div aria-hidden className="absolute -left-[200vw] size-px overflow-hidden">
      <label>
        Homepage
        <input ref={box} type="text" name="homepage" tabIndex={-1} autoComplete="off" defaultValue="" />
      </label>
    </div>
  );
}

function localToday(): string {
  const now = new Date();
  const two = (number: number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** What the server found, by field. */
function faultsOf(error: unknown): ReadonlyMap<string, string> {
  if (!(error instanceof ApiError)) return none;
  return new Map(
    error.fields.flatMap(({ field, message }) =>
      field.startsWith('answers.') ? [[field.slice('answers.'.length), message] as const] : [],
    ),
  );
}

function focusOn(form: HTMLElement | null, key: string): void {
  const field = form?.querySelector(`[data-field="${CSS.escape(key)}"]`);
  const box = field?.querySelector<HTMLElement>('input, textarea, button');
  box?.focus();
  field?.scrollIntoView({ block: 'center', behavior: 'instant' });
}
