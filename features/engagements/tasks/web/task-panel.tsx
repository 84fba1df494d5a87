import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog, Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue } from '#platform/ui/entity-form.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { Comments } from '#features/comments/web/comments.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { task, type Task } from '../contract.ts';
import { AssigneePicker } from './assignee-picker.tsx';
import { DueFields, type TaskSpan } from './due-fields.tsx';
import { taskTables, tasksApi } from './task-queries.ts';
import { TaskSteps } from './task-steps.tsx';

const fields = z.object(task.fields);
type TaskValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

/** Which task is open; `null` inside: a new one. */
export interface OpenTask {
  task: Task | null;
}

interface TaskPanelProps {
  open: OpenTask | null;
  /** The engagement that a new one belongs to. */
  engagementId?: string;
  /** Of the open task's engagement, where it is known. */
  span?: TaskSpan | null;
  onClose: () => void;
}

/** One task beside the list: what, who, until when, and its steps. */
export function TaskPanel({ open, engagementId, span = null, onClose }: TaskPanelProps) {
  const org = useOrg();
  const shown = open?.task ?? null;
  const writes = org.can('tasks.write');
  return (
    <Dialog
      as="panel"
      open={open !== null}
      onOpenChange={(next) => !next && onClose()}
      title={shown ? shown.title : 'New task'}
      description={shown?.engagementId && !engagementId && <EngagementLink task={shown} />}
    >
      {open && writes && shown && <EditTask key={shown.id} task={shown} span={span} onDone={onClose} />}
      {open && writes && !shown && <NewTask engagementId={engagementId} span={span} onDone={onClose} />}
      {shown && !writes && (
        <div className="grid gap-5">
          {shown.notes && <p className="text-sm whitespace-pre-wrap">{shown.notes}</p>}
          <TaskSteps task={shown} />
        </div>
      )}
      {shown && <Comments subject="tasks" subjectId={shown.id} className="mt-8" />}
    </Dialog>
  );
}

function EngagementLink({ task: { engagementId, engagementTitle } }: { task: Task }) {
  const org = useOrg();
  return (
    <Link
      to="/o/$org/engagements/$id"
      params={{ org: org.slug, id: engagementId ?? '' }}
      className="text-accent underline-offset-4 hover:underline"
    >
      {engagementTitle}
    </Link>
  );
}

function NewTask({
  engagementId,
  span,
  onDone,
}: {
  engagementId: string | undefined;
  span: TaskSpan | null;
  onDone: () => void;
}) {
  const org = useOrg();
  const create = useChange(org.slug, taskTables, (values: TaskValues, call) =>
    tasksApi.create({ org: org.slug, body: { ...values, engagementId: engagementId ?? null } }, call),
  );
  const submit = async (values: TaskValues) => {
    await create.mutateAsync(values);
    onDone();
  };
  return (
    <Form values={{}} onSubmit={submit} onCancel={onDone} action="Add task" footer={DialogFooter}>
      <TaskFields span={span} isNew />
    </Form>
  );
}

function EditTask({ task: shown, span, onDone }: { task: Task; span: TaskSpan | null; onDone: () => void }) {
  const org = useOrg();
  const change = useChange(org.slug, taskTables, (body: Partial<TaskValues> & { version: number }, call) =>
    tasksApi.change({ org: org.slug, params: { id: shown.id }, body }, call),
  );
  const edit = useEdit<TaskValues>(shown, (changes) => change.mutateAsync(wholeChange(changes, shown)), onDone);
  return (
    <Form
      values={shown}
      {...edit}
      onCancel={onDone}
      action="Save"
      footer={DialogFooter}
      aside={<RemoveTask task={shown} onDone={onDone} />}
    >
      <TaskFields span={span} name={shown.assigneeName}>
        <TaskSteps task={shown} />
      </TaskFields>
    </Form>
  );
}

/** While it counts from the engagement, its day is the server's to say. */
function wholeChange<C extends Partial<TaskValues>>(changes: C, { dueAnchor }: Task): C {
  const anchor = changes.dueAnchor === undefined ? dueAnchor : changes.dueAnchor;
  if (anchor === null) return changes;
  const { dueOn: _, ...rest } = changes;
  return { ...changes, ...rest, dueOn: undefined };
}

interface TaskFieldsProps {
  span: TaskSpan | null;
  /** Of who has it now. */
  name?: string | null;
  isNew?: boolean;
  children?: ReactNode;
}

function TaskFields({ span, name = null, isNew = false, children }: TaskFieldsProps) {
  return (
    <>
      <Field name="title" label="Title" autoFocus={isNew} />
      <AssigneeField name={name} />
      <DueFields span={span} />
      <Field name="notes" label="Notes" />
      {children}
    </>
  );
}

function AssigneeField({ name }: { name: string | null }) {
  const [userId, setUserId] = useFormValue('assigneeUserId');
  const [resourceId, setResourceId] = useFormValue('assigneeId');
  return (
    <FieldFrame label="Who does it">
      {(control) => (
        <AssigneePicker
          {...control}
          name={name}
          value={{
            userId: typeof userId === 'string' ? userId : null,
            resourceId: typeof resourceId === 'string' ? resourceId : null,
          }}
          onValue={(next) => {
            setUserId(next.userId);
            setResourceId(next.resourceId);
          }}
        />
      )}
    </FieldFrame>
  );
}

function RemoveTask({ task: shown, onDone }: { task: Task; onDone: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const remove = useChange(org.slug, taskTables, (id: string, call) =>
    tasksApi.remove({ org: org.slug, params: { id } }, call),
  );
  const confirm = () =>
    remove
      .mutateAsync(shown.id)
      .then(onDone, (failure: unknown) =>
        toast({ tone: 'danger', title: 'The task is still there', detail: errorText(failure) }),
      );
  return (
    <>
      <Button variant="danger-ghost" onClick={() => setAsking(true)}>
        Remove
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Remove “${shown.title}”?`}
        description={
          shown.steps.length > 0
            ? 'It goes with its steps. History keeps that it was there.'
            : 'History keeps that it was there.'
        }
        action="Remove task"
        onConfirm={confirm}
      />
    </>
  );
}
