import { useQuery } from '@tanstack/react-query';
import { taskTemplatesQuery } from '#features/engagements/tasks/web/task-queries.ts';
import { scheduleTemplatesQuery } from '#features/engagements/timeline/web/timeline-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useFormValue } from '#platform/ui/entity-form.tsx';
import { Select } from '#platform/ui/select.tsx';
import { approveForm } from './approve-fields.ts';

const { Field } = approveForm;

/** What the engagement begins with: tasks as the pack makes them or another list, and the schedule of its first day. */
export function ApproveTemplates() {
  const org = useOrg();
  const tasks = useQuery({ ...taskTemplatesQuery(org.slug), enabled: org.can('tasks.read') });
  const days = useQuery({ ...scheduleTemplatesQuery(org.slug), enabled: org.can('timeline.write') });
  return (
    <div className="grid gap-4 empty:hidden sm:grid-cols-2">
      <Choice name="taskTemplate" label="Tasks" none="The usual ones" templates={tasks.data?.items ?? []} />
      <Choice name="scheduleTemplate" label="Schedule" none="None yet" templates={days.data?.items ?? []} />
    </div>
  );
}

interface ChoiceProps {
  name: 'taskTemplate' | 'scheduleTemplate';
  label: string;
  none: string;
  templates: readonly { key: string; name: string; pack: string }[];
}

/** Templates of the pack that is chosen. */
function Choice({ name, label, none, templates }: ChoiceProps) {
  const [pack] = useFormValue('pack');
  const its = templates.filter((template) => template.pack === pack);
  if (its.length === 0) return null;
  return (
    <Field name={name} label={label}>
      {({ value, onValue, ...control }) => (
        <Select
          {...control}
          value={value ?? ' '}
          onValue={(next) => onValue(next === ' ' ? null : next)}
          options={[{ value: ' ', label: none }, ...its.map((each) => ({ value: each.key, label: each.name }))]}
        />
      )}
    </Field>
  );
}
