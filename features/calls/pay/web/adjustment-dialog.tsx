import { useState } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { id, line } from '#platform/contract/fields.ts';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue } from '#platform/ui/entity-form.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { RemoveButton } from '#features/organisations/web/remove-button.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import type { LiveSheet, PayAdjustment } from '../sheet-contract.ts';
import { MoneyInput } from './money-input.tsx';
import { payApi, sheetTables } from './pay-queries.ts';

/** Whose pay is adjusted; null: to be chosen. And which adjustment; null: a new one. */
export interface AdjustmentAsked {
  resourceId: string | null;
  adjustment: PayAdjustment | null;
}

interface AdjustmentDialogProps {
  asked: AdjustmentAsked | null;
  sheet: LiveSheet;
  engagementId: string;
  onClose: () => void;
}

const fields = z.object({
  resourceId: id,
  amountMinor: z.int({ error: 'Enter an amount.' }).refine((minor) => minor !== 0, { error: 'Enter an amount.' }),
  reason: line(200),
});
type Adjustment = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

/** An amount by hand, with its reason: what no scale knows. */
export function AdjustmentDialog({ asked, sheet, engagementId, onClose }: AdjustmentDialogProps) {
  const currency = sheet.scale?.currency ?? 'EUR';
  const person = sheet.people.find(({ resourceId }) => resourceId === asked?.resourceId);
  return (
    <Dialog
      open={asked !== null}
      onOpenChange={(open) => !open && onClose()}
      title={asked?.adjustment ? 'Change the adjustment' : 'Adjust pay'}
      description={person?.name}
      size="sm"
    >
      {asked?.adjustment ? (
        <EditAdjustment key={asked.adjustment.id} adjustment={asked.adjustment} onDone={onClose} />
      ) : (
        asked && <NewAdjustment {...{ engagementId, currency }} resourceId={asked.resourceId} onDone={onClose} />
      )}
    </Dialog>
  );
}

interface NewAdjustmentProps {
  engagementId: string;
  resourceId: string | null;
  currency: string;
  onDone: () => void;
}

function NewAdjustment({ engagementId, resourceId, currency, onDone }: NewAdjustmentProps) {
  const org = useOrg();
  const add = useChange(org.slug, sheetTables, (body: Adjustment, call) =>
    payApi.adjust({ org: org.slug, params: { id: engagementId }, body }, call),
  );
  return (
    <Form
      values={resourceId === null ? {} : { resourceId }}
      onSubmit={(values) => add.mutateAsync(values).then(onDone)}
      action="Add"
      onCancel={onDone}
      footer={DialogFooter}
    >
      {resourceId === null && (
        <Field name="resourceId" label="Person">
          {({ value, onValue, ...control }) => (
            <ResourcePicker
              {...control}
              kind="person"
              value={value || null}
              onValue={(chosen) => onValue(chosen ?? '')}
            />
          )}
        </Field>
      )}
      <Amount currency={currency} />
      <Field name="reason" label="Reason" hint="Stands on the pay sheet." />
    </Form>
  );
}

function EditAdjustment({ adjustment, onDone }: { adjustment: PayAdjustment; onDone: () => void }) {
  const org = useOrg();
  const change = useChange(org.slug, sheetTables, (body: Partial<Adjustment> & { version: number }, call) => {
    const { version, amountMinor, reason } = body;
    return payApi.changeAdjustment(
      { org: org.slug, params: { id: adjustment.id }, body: { version, amountMinor, reason } },
      call,
    );
  });
  const edit = useEdit<Adjustment>(adjustment, change.mutateAsync, onDone);
  return (
    <Form
      values={adjustment}
      {...edit}
      action="Save"
      onCancel={onDone}
      footer={DialogFooter}
      aside={
        <RemoveButton
          id={adjustment.id}
          tables={sheetTables}
          send={payApi.removeAdjustment}
          refused="The adjustment stays"
          onDone={onDone}
        />
      }
    >
      <Amount currency={adjustment.currency} />
      <Field name="reason" label="Reason" hint="Stands on the pay sheet." />
    </Form>
  );
}

/** A phone’s keys for amounts have no minus, so that what is taken off is a choice beside it. */
function Amount({ currency }: { currency: string }) {
  const [entered] = useFormValue('amountMinor');
  const [off, setOff] = useState(typeof entered === 'number' && entered < 0);
  return (
    <Field name="amountMinor" label="Amount" group>
      {({ value, onValue, ...control }) => (
        <div className="flex flex-wrap gap-2">
          <Segmented
            label="Added or taken off"
            value={off ? 'off' : 'on'}
            onValue={(next) => {
              setOff(next === 'off');
              if (typeof value === 'number') onValue(next === 'off' ? -Math.abs(value) : Math.abs(value));
            }}
            options={[
              { value: 'on', label: 'Add' },
              { value: 'off', label: 'Take off' },
            ]}
          />
          <MoneyInput
            {...control}
            aria-label="Amount"
            className="min-w-32 flex-1"
            currency={currency}
            value={typeof value === 'number' ? Math.abs(value) : null}
            onValue={(minor) => onValue(minor === null ? Number.NaN : off ? -Math.abs(minor) : Math.abs(minor))}
          />
        </div>
      )}
    </Field>
  );
}
