import { X } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { IconButton } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Task, TaskStep } from '../contract.ts';
import { doneLook, StepTitle } from './step-title.tsx';
import { taskTables, tasksApi } from './task-queries.ts';
import { Tick } from './tick.tsx';
import { useLiveTask } from './use-live-task.ts';

/** The steps of a task; each tick and each new step is saved at once. */
export function TaskSteps({ task: opened }: { task: Task }) {
  const org = useOrg();
  const { steps } = useLiveTask(opened);
  const writes = org.can('tasks.write');
  if (steps.length === 0 && !writes) return null;
  const done = steps.filter(({ doneAt }) => doneAt).length;
  return (
    <FieldFrame label={steps.length > 0 ? `Steps, ${done} of ${steps.length} done` : 'Steps'} group>
      {() => (
        <div className="rounded-md border border-line">
          <ul className="divide-y divide-line">
            {steps.map((step) => (
              <Step key={step.id} step={step} writes={writes} />
            ))}
          </ul>
          {writes && <AddStep taskId={opened.id} first={steps.length === 0} />}
        </div>
      )}
    </FieldFrame>
  );
}

function Step({ step, writes }: { step: TaskStep; writes: boolean }) {
  const org = useOrg();
  const toast = useToast();
  const failed = (error: unknown) => toast({ tone: 'danger', title: 'It was not saved', detail: errorText(error) });
  const tick = useChange(org.slug, taskTables, (done: boolean, call) =>
    tasksApi.setStepDone({ org: org.slug, params: { id: step.id }, body: { done } }, call),
  );
  const remove = useChange(org.slug, taskTables, (id: string, call) =>
    tasksApi.removeStep({ org: org.slug, params: { id } }, call),
  );
  const done = tick.isPending ? tick.variables : step.doneAt !== null;
  return (
    <li className="flex min-h-10 items-center gap-1 px-1 py-1 text-sm">
      <Tick
        checked={done}
        label={step.title}
        disabled={!org.can('tasks.tick', 'own')}
        onChange={(next) => tick.mutate(next, { onError: failed })}
      />
      {writes ? (
        <>
          <StepTitle step={step} done={done} />
          <IconButton
            size="icon-sm"
            label={`Remove the step ${step.title}`}
            onClick={() => remove.mutate(step.id, { onError: failed })}
          >
            <X aria-hidden />
          </IconButton>
        </>
      ) : (
        <span className={cn('min-w-0 flex-1 py-1 break-words', done && doneLook)}>{step.title}</span>
      )}
    </li>
  );
}

function AddStep({ taskId, first }: { taskId: string; first: boolean }) {
  const org = useOrg();
  const toast = useToast();
  const [title, setTitle] = useState('');
  const add = useChange(org.slug, taskTables, (wanted: string, call) =>
    tasksApi.addStep({ org: org.slug, params: { id: taskId }, body: { title: wanted } }, call),
  );
  const submit = () => {
    const wanted = title.trim();
    if (!wanted) return;
    setTitle('');
    add.mutate(wanted, {
      onError: (error) => {
        setTitle(wanted);
        toast({ tone: 'danger', title: 'The step was not added', detail: errorText(error) });
      },
    });
  };
  return (
    <div className={cn('p-1', !first && 'border-t border-line')}>
      <Input
        aria-label="Add a step"
        placeholder="Add a step…"
        maxLength={300}
        value={title}
        onChange={({ target }) => setTitle(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // The task's form around it must not be sent.
          event.preventDefault();
          submit();
        }}
        onBlur={submit}
        className="border-transparent bg-transparent"
      />
    </div>
  );
}
