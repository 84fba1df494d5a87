import { createContext, use, useId, useState, type ReactNode } from 'react';
import { useController, useForm, useWatch, type FieldValues, type UseFormReturn } from 'react-hook-form';
import * as z from 'zod';
import { ApiError } from '#platform/client/client.ts';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';
import { ErrorNotice } from './error-notice.tsx';
import { FieldFrame, type ControlProps } from './field-frame.tsx';
import { fieldKind } from './field-kind.ts';
import { PlainControl } from './plain-control.tsx';
import { speakPlainly } from './plain-messages.ts';

speakPlainly();

interface FormProps<V, O> {
  /** Where the fields begin. Fields that it lacks begin with the schema's defaults. */
  values: Partial<V>;
  /** Gets the parsed values. A rejected `ApiError` is shown at its fields, or above the buttons. */
  onSubmit: (values: O) => Promise<unknown>;
  /** Label of the submit button. */
  action: string;
  /** Of the buttons; `lg` where the form is all there is. */
  size?: 'md' | 'lg';
  onCancel?: () => void;
  /** Label of the button that leaves the form; “Cancel” when absent. */
  cancelLabel?: string;
  /** More to show when submitting failed, such as a choice between two versions. */
  renderError?: (error: unknown) => ReactNode;
  /** Frame of the buttons and of what went wrong, such as `DialogFooter`. */
  footer?: (buttons: ReactNode) => ReactNode;
  className?: string;
  children: ReactNode;
}

interface FieldProps<K extends string, V> {
  name: K;
  label: string;
  hint?: ReactNode;
  /** See `FieldFrame`. */
  group?: boolean;
  className?: string;
  /** For a choice: the option's words. */
  optionLabel?: (option: string) => string;
  autoFocus?: boolean;
  /** A control of one's own, for values that are no plain text, number or choice. */
  children?: (control: ControlProps & { value: Exclude<V, undefined>; onValue: (value: V) => void }) => ReactNode;
}

const FormContext = createContext<UseFormReturn | null>(null);

function useFormContext(): UseFormReturn {
  const form = use(FormContext);
  if (!form) throw new Error('A field is outside its form.');
  return form;
}

/** The value of another field of the form around, and a way to set it: for fields that depend on each other. */
export function useFormValue(name: string): [value: unknown, setValue: (value: unknown) => void] {
  const form = useFormContext();
  const current: unknown = useWatch({ control: form.control, name });
  return [current, (value) => form.setValue(name, value, { shouldDirty: true })];
}

/**
 * A form of a Zod object: labels, boxes, hints and errors come from the schema, so that a plain field
 * costs one line.
 *
 * @example
 * const partyForm = entityForm(z.object(party.fields));
 * <partyForm.Form values={{}} onSubmit={create} action="Add contact">
 *   <partyForm.Field name="email" label="E-mail" />
 * </partyForm.Form>
 */
export function entityForm<S extends z.ZodObject>(schema: S) {
  type Values = z.input<S>;

  function Form({ values, onSubmit, action, size, onCancel, cancelLabel = 'Cancel', renderError, footer, className, children }: FormProps<Values, z.output<S>>) {
    const formId = useId();
    const [failure, setFailure] = useState<unknown>(null);
    const form = useForm<FieldValues>({ defaultValues: { ...defaultsOf(schema), ...values }, shouldFocusError: true });
    const report = (problems: readonly { field: string; message: string }[]) => {
      const known = problems.flatMap(({ field, message }) => {
        // The server's path may begin with the part of the body that this form is (`organisation.slug`).
        const name = field.split('.').find((part) => part in schema.shape);
        return name ? [{ name, message }] : [];
      });
      known.forEach(({ name, message }, index) => form.setError(name, { message }, { shouldFocus: index === 0 }));
      return known.length > 0;
    };
    const submit = form.handleSubmit(async (entered) => {
      setFailure(null);
      const parsed = schema.safeParse(entered);
      if (!parsed.success) {
        report(parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })));
        return;
      }
      try {
        await onSubmit(parsed.data);
      } catch (error) {
        const shown = error instanceof ApiError && error.code !== 'version_conflict' && report(error.fields);
        if (!shown) setFailure(error);
      }
    });
    // In the footer, which stays in sight: above a long form's end nobody would see why it wasn't saved.
    const buttons = (
      <>
        {failure !== null && <div className="basis-full">{renderError?.(failure) ?? <ErrorNotice error={failure} />}</div>}
        {onCancel && <Button size={size} onClick={onCancel}>
            {cancelLabel}
          </Button>}
        <Button type="submit" form={formId} variant="primary" size={size} busy={form.formState.isSubmitting}>
          {action}
        </Button>
      </>
    );
    return (
      <FormContext value={form}>
        <form
          id={formId}
          noValidate
          className={cn('flex flex-1 flex-col', className)}
          onSubmit={(event) => {
            // A form in a dialog is a React child of the page's forms: they must not hear it.
            event.stopPropagation();
            // An error stays until the next try; this clears what the server said at the last one.
            form.clearErrors();
            void submit(event);
          }}
        >
          <div className="grid grid-cols-1 gap-4 pb-5">{children}</div>
          {footer ? footer(buttons) : <div className="flex flex-wrap gap-2">{buttons}</div>}
        </form>
      </FormContext>
    );
  }

  function Field<K extends keyof Values & string>({ name, label, hint, group, className, optionLabel, autoFocus, children }: FieldProps<K, Values[K]>) {
    const { control } = useFormContext();
    const { field, fieldState } = useController({ control, name });
    const kind = fieldKind(schema.shape[name]);
    const onValue = (value: unknown) => field.onChange(value);
    return (
      <FieldFrame label={label} hint={hint} error={fieldState.error?.message} group={group} optional={!kind.required && kind.nullable} className={className}>
        {(aria) =>
          children
            ? children({ ...aria, value: field.value, onValue })
            : (
                <PlainControl {...aria} kind={kind} value={field.value} onValue={onValue} onBlur={field.onBlur} inputRef={field.ref} label={label} optionLabel={optionLabel} autoFocus={autoFocus} />
              )
        }
      </FieldFrame>
    );
  }

  return { Form, Field };
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
