import { useRef, useState } from 'react';
import { useForm, type FieldValues, type UseFormReturn } from 'react-hook-form';
import * as z from 'zod';
import { ApiError } from '#platform/client/client.ts';
import { amountProblem } from '#platform/contract/amount-problems.ts';
import { fieldKind } from './field-kind.ts';

/** What a form knows besides its values. */
export interface EntityFormState {
  form: UseFormReturn;
  /** Names of the fields that are on the page: only they can show an error. */
  shown: Set<string>;
  /** Why the last try failed, when no field can say it. */
  failure: unknown;
  submit: () => Promise<void>;
}

interface Problem {
  field: string;
  message: string;
}

/** Validates by the schema, sends, and puts what is wrong to its field. */
export function useEntitySubmit<S extends z.ZodObject>(
  schema: S,
  values: FieldValues,
  onSubmit: (values: z.output<S>) => Promise<unknown>,
): EntityFormState {
  const [failure, setFailure] = useState<unknown>(null);
  const [shown] = useState(() => new Set<string>());
  const form = useForm<FieldValues>({ defaultValues: { ...defaultsOf(schema), ...values } });
  const sending = useRef(false);

  /** @returns whether every problem has a field that shows it */
  const report = (problems: readonly Problem[]): boolean => {
    const known = problems.flatMap(({ field, message }) => {
      // The server's path may begin with the part of the body that this form is (`organisation.slug`).
      const name = field.split('.').find((part) => shown.has(part));
      return name ? [{ name, message }] : [];
    });
    known.forEach(({ name, message }, index) => form.setError(name, { message }, { shouldFocus: index === 0 }));
    return known.length > 0 && known.length === problems.length;
  };

  const send = form.handleSubmit(async (entered) => {
    const parsed = schema.safeParse(entered);
    if (!parsed.success) {
      const problems = parsed.error.issues.map((issue) => ({
        field: issue.path.join('.'),
        message: amountProblem(issue, entered) ?? issue.message,
      }));
      if (!report(problems))
        setFailure(
          new ApiError(400, { code: 'invalid_input', detail: problems.map(({ message }) => message).join(' ') }),
        );
      return;
    }
    try {
      await onSubmit(parsed.data);
    } catch (error) {
      const atFields = error instanceof ApiError && error.code !== 'version_conflict' && report(error.fields);
      if (!atFields) setFailure(error);
    }
  });

  const submit = async () => {
    // A double Enter before the button is disabled must not send twice.
    if (sending.current) return;
    sending.current = true;
    setFailure(null);
    // What the server said at the last try would keep this one from being sent.
    form.clearErrors();
    await send().finally(() => {
      sending.current = false;
    });
  };

  return { form, shown, failure, submit };
}

/** The schema's own defaults; null where it allows null, '' for text, so that every control is controlled. */
function defaultsOf(schema: z.ZodObject): FieldValues {
  const entries = Object.entries(schema.shape).map(([name, field]) => {
    const parsed = z.safeParse(field, undefined);
    if (parsed.success && parsed.data !== undefined) return [name, parsed.data];
    const { control } = fieldKind(field);
    return [name, control === 'line' || control === 'text' || control === 'email' ? '' : undefined];
  });
  return Object.fromEntries(entries);
}
