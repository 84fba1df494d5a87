import type { RouteOutput } from '#platform/contract/contract.ts';
import { useChange } from '#platform/client/use-change.ts';
import { ConfirmDialog, Dialog } from '#platform/ui/dialog.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { DetailGroup } from '#features/scheduling/personal-details/web/detail-group.tsx';
import type { people, RosterEntry } from '../contract.ts';
import { CopyPeople } from './copy-people.tsx';
import { AddPerson, EditPerson } from './person-form.tsx';
import { peopleApi, peopleTables } from './people-queries.ts';
import { Substitute } from './substitute.tsx';

export type PeopleDialog =
  { kind: 'add' | 'copy' } | { kind: 'edit' | 'substitute' | 'emergency' | 'remove'; entry: RosterEntry };

export type Groups = RouteOutput<typeof people.routes.list>['groups'];

interface PeopleDialogsProps {
  dialog: PeopleDialog | null;
  engagement: Engagement;
  groups: Groups;
  entries: readonly RosterEntry[];
  onClose: () => void;
}

/** Whatever is open over the roster. */
export function PeopleDialogs({ dialog, engagement, groups, entries, onClose }: PeopleDialogsProps) {
  if (dialog?.kind === 'remove') return <RemovePerson entry={dialog.entry} onClose={onClose} />;
  return (
    <Dialog
      open={dialog !== null}
      onOpenChange={(open) => !open && onClose()}
      title={dialog ? titleOf(dialog) : ''}
      size={dialog?.kind === 'emergency' ? 'md' : 'sm'}
    >
      {dialog?.kind === 'add' && (
        <AddPerson engagementId={engagement.id} groups={groups} entries={entries} onDone={onClose} />
      )}
      {dialog?.kind === 'edit' && <EditPerson entry={dialog.entry} groups={groups} onDone={onClose} />}
      {dialog?.kind === 'copy' && <CopyPeople engagement={engagement} onDone={onClose} />}
      {dialog?.kind === 'substitute' && <Substitute entry={dialog.entry} entries={entries} onDone={onClose} />}
      {dialog?.kind === 'emergency' && dialog.entry.resourceId && (
        <div className="pb-4">
          <DetailGroup
            resourceId={dialog.entry.resourceId}
            group="emergency"
            title="Whom to call"
            description="History keeps who looked."
            refused="Only owners and managers see whom to call for others. Ask one of them."
          />
        </div>
      )}
    </Dialog>
  );
}

function titleOf(dialog: PeopleDialog): string {
  switch (dialog.kind) {
    case 'add':
      return 'Add to the roster';
    case 'copy':
      return 'Copy a roster';
    case 'substitute':
      return `Who stands in for ${dialog.entry.name}?`;
    case 'emergency':
      return `${dialog.entry.name}: in an emergency`;
    default:
      return dialog.entry.name;
  }
}

function RemovePerson({ entry, onClose }: { entry: RosterEntry; onClose: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const remove = useChange(org.slug, peopleTables, (id: string, call) =>
    peopleApi.remove({ org: org.slug, params: { id } }, call),
  );
  const confirm = () =>
    remove
      .mutateAsync(entry.id)
      .catch((failure: unknown) =>
        toast({ tone: 'danger', title: `${entry.name} is still on it`, detail: errorText(failure) }),
      );
  const booked = entry.standing === 'booked' || entry.standing === 'held';
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Take ${entry.name} off the roster?`}
      description={
        entry.standsInFor
          ? `${entry.standsInFor} is wanted again wherever they were named.`
          : `The schedule names them no more.${booked ? ' Their time stays taken until it is released in the overview.' : ''}`
      }
      action="Take off"
      onConfirm={confirm}
    />
  );
}
