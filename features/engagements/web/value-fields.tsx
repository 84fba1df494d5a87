import { packs } from '#features/organisations/packs/packs.ts';
import { AmountField } from '#features/organisations/web/amount-field.tsx';
import { MemberPicker } from '#features/organisations/web/member-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { useFormValue } from '#platform/ui/entity-form.tsx';
import { firstStage, stageOf } from '../rules.ts';
import { engagementForm } from './engagement-fields.ts';

const { Field } = engagementForm;

/** What it may bring in, how likely that is, what comes next, and who sees to it. */
export function ValueFields({ stage }: { stage?: string | undefined }) {
  const org = useOrg();
  const [chosen] = useFormValue('pack');
  const pack = org.packs.map((name) => packs[name]).find(({ name }) => name === chosen) ?? org.pack;
  const usual = stageOf(pack, stage ?? firstStage(pack))?.probability;
  return (
    <>
      <div className={cn('grid gap-4', org.can('engagements.value') && 'sm:grid-cols-[minmax(0,1fr)_12rem]')}>
        {org.can('engagements.value') && <AmountField name="value" label="Value" />}
        <Field name="probability" label="Probability in %" hint={`Empty: ${usual ?? 0} %, as its stage says.`} />
      </div>
      <Field name="nextStep" label="Next step" />
      {org.can('members.read') && (
        <Field name="leadUserId" label="Responsible">
          {(control) => <MemberPicker {...control} />}
        </Field>
      )}
    </>
  );
}
