import * as z from 'zod';
import { MemberPicker } from '#features/organisations/web/member-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { RemoveButton } from '#features/organisations/web/remove-button.tsx';
import { useChange } from '#platform/client/use-change.ts';
import { addDays, today } from '#platform/time/wall-clock.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue, type FieldsProps } from '#platform/ui/entity-form.tsx';
import { DayInput } from '#platform/ui/input.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { followUp, type FollowUp } from '../contract.ts';
import { followUpsApi } from './follow-up-queries.ts';

/** What a follow-up is about: known where it is planned. */
export type About = Partial<Pick<FollowUp, 'partyId' | 'engagementId' | 'inquiryId'>>;

const { note, dueOn, userId } = followUp.fields;
const fields = z.object({ note, dueOn, userId });
type Values = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

interface FollowUpDialogProps {
  /** The one to change; null: a new one. */
  shown: FollowUp | null;
  about: About;
  /** Who does a new one, unless somebody else is chosen. */
  asker: string | null;
  open: boolean;
  onClose: () => void;
}

/** Plans to get back to somebody, or changes that. */
export function FollowUpDialog({ shown, about, asker, open, onClose }: FollowUpDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={shown ? 'Change the follow-up' : 'New follow-up'}
      size="sm"
    >
      {shown ? (
        <EditFollowUp key={shown.id} shown={shown} onDone={onClose} />
      ) : (
        <PlanFollowUp about={about} asker={asker} onDone={onClose} />
      )}
    </Dialog>
  );
}

function FollowUpForm(form: FieldsProps<typeof fields>) {
  const org = useOrg();
  return (
    <Form {...form} footer={DialogFooter}>
      <Field name="note" label="What about" autoFocus />
      <Field name="dueOn" label="On">
        {(control) => <DayInput {...control} />}
      </Field>
      <QuickDays />
      {org.can('members.read') && (
        <Field name="userId" label="Who does it">
          {(control) => <MemberPicker {...control} />}
        </Field>
      )}
    </Form>
  );
}

/** The days that are chosen most. */
function QuickDays() {
  const org = useOrg();
  const [, setDay] = useFormValue('dueOn');
  const from = today(org.zone);
  const days = [
    ['Tomorrow', 1],
    ['In 3 days', 3],
    ['In a week', 7],
    ['In a month', 30],
  ] as const;
  return (
    <div className="-mt-2 flex flex-wrap gap-1.5">
      {days.map(([label, later]) => (
        <Button key={label} size="sm" variant="ghost" onClick={() => setDay(addDays(from, later))}>
          {label}
        </Button>
      ))}
    </div>
  );
}

function PlanFollowUp({ about, asker, onDone }: { about: About; asker: string | null; onDone: () => void }) {
  const org = useOrg();
  const plan = useChange(org.slug, ['follow_ups'], (body: Values, call) =>
    followUpsApi.create({ org: org.slug, body: { ...about, ...body } }, call),
  );
  const submit = async (values: Values) => {
    await plan.mutateAsync(values);
    onDone();
  };
  return (
    <FollowUpForm
      values={{ dueOn: addDays(today(org.zone), 1), userId: asker }}
      onSubmit={submit}
      onCancel={onDone}
      action="Plan it"
    />
  );
}

function EditFollowUp({ shown, onDone }: { shown: FollowUp; onDone: () => void }) {
  const org = useOrg();
  const params = { id: shown.id };
  const change = useChange(org.slug, ['follow_ups'], (body: Partial<Values> & { version: number }, call) =>
    followUpsApi.change({ org: org.slug, params, body }, call),
  );
  const edit = useEdit<Values>(shown, change.mutateAsync, onDone);
  return (
    <FollowUpForm
      values={shown}
      {...edit}
      onCancel={onDone}
      action="Save"
      aside={
        <RemoveButton
          id={shown.id}
          tables={['follow_ups']}
          send={followUpsApi.remove}
          refused="The follow-up stays"
          onDone={onDone}
        >
          Delete
        </RemoveButton>
      }
    />
  );
}
