import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, type FieldsProps } from '#platform/ui/entity-form.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { series, type Series } from '../contract.ts';
import { engagementsApi } from './engagement-queries.ts';

const fields = z.object(series.fields);
type SeriesValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

/** A series, new or to be changed. */
export function SeriesDialog({
  series: shown,
  open,
  onClose,
}: {
  series: Series | null;
  open: boolean;
  onClose: () => void;
}) {
  const org = useOrg();
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={shown ? `Edit ${shown.name}` : `New ${org.words.series.one}`}
    >
      {shown ? <EditSeries key={shown.id} series={shown} onDone={onClose} /> : <CreateSeries onDone={onClose} />}
    </Dialog>
  );
}

function SeriesForm(form: FieldsProps<typeof fields>) {
  return (
    <Form {...form} footer={DialogFooter}>
      <Field name="name" label="Name" autoFocus />
      <Field name="notes" label="Notes" />
      <Field name="externalRef" label="Reference elsewhere" hint="Its key in another system." />
    </Form>
  );
}

function CreateSeries({ onDone }: { onDone: () => void }) {
  const org = useOrg();
  const create = useChange(org.slug, ['series'], (body: SeriesValues, call) =>
    engagementsApi.createSeries({ org: org.slug, body }, call),
  );
  const submit = async (values: SeriesValues) => {
    await create.mutateAsync(values);
    onDone();
  };
  return <SeriesForm values={{}} onSubmit={submit} onCancel={onDone} action={`Add ${org.words.series.one}`} />;
}

function EditSeries({ series: shown, onDone }: { series: Series; onDone: () => void }) {
  const org = useOrg();
  const change = useChange(
    org.slug,
    ['series', 'engagements'],
    (body: Partial<SeriesValues> & { version: number }, call) =>
      engagementsApi.changeSeries({ org: org.slug, params: { id: shown.id }, body }, call),
  );
  const edit = useEdit<SeriesValues>(shown, change.mutateAsync, onDone);
  return <SeriesForm values={shown} {...edit} onCancel={onDone} action="Save" />;
}
