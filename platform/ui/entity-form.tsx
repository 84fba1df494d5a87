import { createContext, use, useEffect, useId, type ComponentType, type ReactNode } from 'react';
import { useController, useWatch } from 'react-hook-form';
import type * as z from 'zod';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';
import { ErrorNotice } from './error-notice.tsx';
import { FieldFrame, type ControlProps } from './field-frame.tsx';
import { fieldKind } from './field-kind.ts';
import { PlainControl } from './plain-control.tsx';
import { speakPlainly } from './plain-messages.ts';
import { useEntitySubmit, type EntityFormState } from './use-entity-submit.ts';

speakPlainly();

interface FormLook {
  /** Label of the submit button. */
  action: string;
  onCancel?: () => void;
  /** Label of the button that leaves the form; “Cancel” when absent. */
  cancelLabel?: string;
  /** Of the buttons; `lg` where the form is all there is. */
  size?: 'md' | 'lg';
  /** Before the buttons: one that does something else, such as delete. */
  aside?: ReactNode;
  /** Above the buttons, always in sight: what is good to know before it is submitted. */
  note?: ReactNode;
  /** Frame of the buttons and of what went wrong, such as `DialogFooter`. */
  footer?: ComponentType<{ children: ReactNode }>;
  /** More to show when submitting failed, such as a choice between two versions. */
  renderError?: (error: unknown) => ReactNode;
}

interface FormProps<V, O> extends FormLook {
  /** Where the fields begin. Fields that it lacks begin with the schema's defaults. */
  values: Partial<V>;
  /** Gets the parsed values. A rejected `ApiError` is shown at its fields, or above the buttons. */
  onSubmit: (values: O) => Promise<unknown>;
  className?: string;
  children: ReactNode;
}

/** For a component with the fields of a record, that stands in a form for new ones and in one for changes. */
export type FieldsProps<S extends z.ZodObject> = Omit<FormProps<z.input<S>, z.output<S>>, 'children'>;

interface FieldProps<K extends string, V> {
  name: K;
  label: string;
  hint?: ReactNode;
  /** See `FieldFrame`. */
  group?: boolean;
  className?: string;
  /** Asked for here, though the schema could do without. */
  required?: boolean;
  /** For a choice: the option's words. */
  optionLabel?: (option: string) => string;
  autoFocus?: boolean;
  /** A control of one's own, for values that are no plain text, number or choice. */
  children?: (control: ControlProps & { value: Exclude<V, undefined>; onValue: (value: V) => void }) => ReactNode;
}

const FormContext = createContext<EntityFormState | null>(null);

function useFormState(): EntityFormState {
  const state = use(FormContext);
  if (!state) throw new Error('A field is outside its form.');
  return state;
}

/** The value of another field of the form around, and a way to set it: for fields that depend on each other. */
export function useFormValue(name: string): [value: unknown, setValue: (value: unknown) => void] {
  const { form } = useFormState();
  const current: unknown = useWatch({ control: form.control, name });
  return [current, (value) => form.setValue(name, value, { shouldDirty: true })];
}

/** What is wrong with a field of the form around, for a control of one's own outside a `Field`; its box takes `ref`. */
export function useFormProblem(name: string) {
  const { form, shown } = useFormState();
  const { field, fieldState } = useController({ control: form.control, name });
  useShown(shown, name);
  return { ref: field.ref, error: fieldState.error?.message };
}

/** While it is on the page, a field can show its error. */
function useShown(shown: EntityFormState['shown'], name: string): void {
  useEffect(() => {
    shown.add(name);
    return () => void shown.delete(name);
  }, [shown, name]);
}

/** All values of the form around, as they are entered. */
export function useFormValues(): Record<string, unknown> {
  const { form } = useFormState();
  return useWatch({ control: form.control });
}

/**
 * A form of a Zod object: boxes, hints and errors come from the schema, so that a plain field costs one line.
 *
 * @example
 * const partyForm = entityForm(z.object(party.fields));
 * <partyForm.Form values={{}} onSubmit={create} action="Add contact">
 *   <partyForm.Field name="email" label="E-mail" />
 * </partyForm.Form>
 */
export function entityForm<S extends z.ZodObject>(schema: S) {
  type Values = z.input<S>;

  function Form({ values, onSubmit, className, children, ...look }: FormProps<Values, z.output<S>>) {
    const formId = useId();
    const state = useEntitySubmit(schema, values, onSubmit);
    return (
      <FormContext value={state}>
        <form
          id={formId}
          noValidate
          className={cn('flex flex-1 flex-col', className)}
          onSubmit={(event) => {
            event.preventDefault();
            // A form in a dialog is a React child of the page's forms: they must not hear it.
            event.stopPropagation();
            void state.submit();
          }}
        >
          <div className="grid grid-cols-1 gap-4 pb-5">{children}</div>
          <FormFooter formId={formId} {...look} />
        </form>
      </FormContext>
    );
  }

  function Field<K extends keyof Values & string>(props: FieldProps<K, Values[K]>) {
    const { name, label, hint, group, className, required, optionLabel, autoFocus, children } = props;
    const { form, shown } = useFormState();
    const { field, fieldState } = useController({ control: form.control, name });
    useShown(shown, name);
    const kind = fieldKind(schema.shape[name]);
    const onValue = (value: unknown) => field.onChange(value);
    const plain = { kind, onValue, label, optionLabel, autoFocus, onBlur: field.onBlur, inputRef: field.ref };
    const optional = !kind.required && kind.nullable && !required;
    return (
      <FieldFrame {...{ label, hint, group, optional, className }} error={fieldState.error?.message}>
        {(aria) => {
          if (!children) return <PlainControl {...aria} {...plain} value={field.value} />;
          // A control of one's own has no ref here: when its value is refused, it is found by its id.
          field.ref({ focus: () => document.getElementById(aria.id)?.focus() });
          return children({ ...aria, value: field.value, onValue });
        }}
      </FieldFrame>
    );
  }

  return { Form, Field };
}

/** The buttons and, in sight beside them, why it wasn't saved: above a long form's end nobody would see it. */
function FormFooter({ formId, ...look }: FormLook & { formId: string }) {
  const { form, failure } = useFormState();
  const {
    action,
    onCancel,
    cancelLabel = 'Cancel',
    size,
    aside,
    note,
    footer: Frame = PlainFooter,
    renderError,
  } = look;
  return (
    <Frame>
      {note}
      {failure !== null && (
        <div className="basis-full">{renderError?.(failure) ?? <ErrorNotice error={failure} />}</div>
      )}
      {aside && <div className="mr-auto">{aside}</div>}
      {onCancel && (
        <Button size={size} onClick={onCancel}>
          {cancelLabel}
        </Button>
      )}
      <Button type="submit" form={formId} variant="primary" size={size} busy={form.formState.isSubmitting}>
        {action}
      </Button>
    </Frame>
  );
}

function PlainFooter({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap gap-2">{children}</div>;
}
