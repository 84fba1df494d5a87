import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { cn } from '#platform/ui/class-names.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Input } from '#platform/ui/input.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { TaskStep } from '../contract.ts';
import { taskTables, tasksApi } from './task-queries.ts';

export const doneLook = 'text-ink-faint line-through';

/** What a step says, worded anew in place: Enter or leaving saves, Escape takes back. */
export function StepTitle({ step, done }: { step: TaskStep; done: boolean }) {
  const org = useOrg();
  const toast = useToast();
  const [draft, setDraft] = useState<string | null>(null);
  // Whoever ended it by the keyboard goes on from the step, not from the top of the page.
  const [goesBack, setGoesBack] = useState(false);
  const change = useChange(org.slug, taskTables, (title: string, call) =>
    tasksApi.changeStep({ org: org.slug, params: { id: step.id }, body: { title } }, call),
  );
  const open = () => {
    change.reset();
    setDraft(step.title);
  };
  const close = (byKeyboard: boolean) => {
    setGoesBack(byKeyboard);
    setDraft(null);
  };
  const save = (byKeyboard: boolean) => {
    const wanted = draft?.trim();
    close(byKeyboard);
    if (!wanted || wanted === step.title) return;
    change.mutate(wanted, {
      onError: (error) => {
        setDraft(wanted);
        toast({ tone: 'danger', title: 'The step stays as it was', detail: errorText(error) });
      },
    });
  };
  if (draft !== null) {
    return (
      <Input
        // It opens again with what was written when it could not be saved: the focus is elsewhere by then.
        autoFocus={!change.isError}
        data-takes-escape
        aria-label={`Words of the step ${step.title}`}
        maxLength={300}
        value={draft}
        onChange={({ target }) => setDraft(target.value)}
        onBlur={() => save(false)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close(true);
          if (event.key !== 'Enter') return;
          // The task's form around it must not be sent.
          event.preventDefault();
          save(true);
        }}
        className="-ml-1 flex-1 px-[5px]"
      />
    );
  }
  return (
    <button
      type="button"
      autoFocus={goesBack}
      title="Change the step"
      aria-label={`Change the step ${step.title}`}
      onClick={open}
      className={cn(
        '-ml-1 min-h-8 min-w-0 flex-1 rounded-md px-1.5 py-1 text-left break-words hover:bg-hover focus-visible:-outline-offset-2',
        done && doneLook,
      )}
    >
      {change.isPending ? change.variables : step.title}
    </button>
  );
}
