import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog } from '#platform/ui/dialog.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { DetailGroup } from './detail-group.tsx';
import { maskedQuery, personalApi } from './personal-queries.ts';

interface PersonProps {
  resourceId: string;
  name: string;
}

/** Restricted data of a person: masked until somebody asks to see it, which history keeps. */
export function PersonalDetails({ resourceId, name }: PersonProps) {
  const org = useOrg();
  return (
    <div className="grid max-w-3xl grid-cols-1 divide-y divide-line">
      <DetailGroup
        resourceId={resourceId}
        group="emergency"
        title="In an emergency"
        description="Whom to call and what helpers must know. Stored encrypted; history keeps who looked."
        refused="Only owners and managers see whom to call for others. Ask one of them."
      />
      <DetailGroup
        resourceId={resourceId}
        group="identity"
        title="Identity and bank"
        description="For contracts and payments. Stored encrypted; history keeps who looked."
        refused="Only owners see identity and bank details of others. Ask one of them."
      />
      {org.can('personalDetails.identity') && <EraseAll resourceId={resourceId} name={name} />}
    </div>
  );
}

function EraseAll({ resourceId, name }: PersonProps) {
  const org = useOrg();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const emergency = useQuery(maskedQuery(org.slug, resourceId, 'emergency'));
  const identity = useQuery(maskedQuery(org.slug, resourceId, 'identity'));
  const erase = useChange(org.slug, ['personal_details'], (_: void, call) =>
    personalApi.erase({ org: org.slug, params: { id: resourceId } }, call),
  );
  const confirm = () =>
    erase.mutateAsync().then(
      () => toast({ tone: 'good', title: `The personal details of ${name} are erased` }),
      (failure: unknown) => toast({ tone: 'danger', title: 'Nothing was erased', detail: errorText(failure) }),
    );
  const fields = [emergency, identity].flatMap(({ data }) => Object.values(data?.fields ?? {}));
  if (fields.every((field) => field === null)) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 py-5">
      <p className="min-w-0 flex-1 basis-60 text-sm text-pretty text-ink-soft">
        When they are no longer needed, or {name} asks for it, erase all of these at once.
      </p>
      <Button size="sm" variant="danger-ghost" onClick={() => setAsking(true)}>
        Erase personal details
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Erase the personal details of ${name}?`}
        description="Emergency contact, health notes, identity and bank details go for good. History says that they were erased, and never held what they were. Backups forget them when they expire."
        action="Erase"
        onConfirm={confirm}
      />
    </div>
  );
}
