import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useChange } from '#platform/client/use-change.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { settable } from '#features/organisations/web/settable.ts';
import { resource, type Resource, type ResourceKind } from '../contract.ts';
import { ResourceForm, type ResourceValues } from './resource-form.tsx';
import { resourcesApi } from './resource-queries.ts';

interface CreatePanelProps {
  kind: ResourceKind;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated?: (created: Resource) => void;
}

/** A new person, place or thing, beside the list. */
export function CreateResourcePanel({ kind, open, onOpenChange, onCreated }: CreatePanelProps) {
  const org = useOrg();
  const toast = useToast();
  const create = useChange(org.slug, ['resources'], (body: ResourceValues, call) =>
    resourcesApi.create(
      { org: org.slug, body: { ...settable(resource.fields, body, org.can), kind: body.kind, name: body.name } },
      call,
    ),
  );
  const close = () => onOpenChange(false);
  const submit = async (values: ResourceValues) => {
    const created = await create.mutateAsync(values);
    close();
    toast({ tone: 'good', title: `${created.name} is added` });
    onCreated?.(created);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`New ${org.words[kind].one}`} as="panel">
      <ResourceForm
        kind={kind}
        values={{}}
        onSubmit={submit}
        onCancel={close}
        action={`Add ${org.words[kind].one}`}
        footer={DialogFooter}
      />
    </Dialog>
  );
}

/** Changes one, beside its page. */
export function EditResourcePanel({
  resource: shown,
  open,
  onOpenChange,
}: {
  resource: Resource;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Edit ${shown.name}`} as="panel">
      <EditForm resource={shown} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function EditForm({ resource: shown, onDone }: { resource: Resource; onDone: () => void }) {
  const org = useOrg();
  const change = useChange(org.slug, ['resources'], (body: Partial<ResourceValues> & { version: number }, call) =>
    resourcesApi.change({ org: org.slug, params: { id: shown.id }, body }, call),
  );
  const edit = useEdit<ResourceValues>(shown, change.mutateAsync, onDone);
  return (
    <ResourceForm
      kind={shown.kind}
      id={shown.id}
      values={shown}
      {...edit}
      onCancel={onDone}
      action="Save"
      footer={DialogFooter}
    />
  );
}
