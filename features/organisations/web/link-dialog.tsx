import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { PartyPicker } from '#features/parties/web/party-picker.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import type { Member } from '../contract.ts';
import { useOrg } from './org-context.tsx';
import { organisationsApi } from './organisation-queries.ts';
import { capital } from './word-case.ts';

/** Says which person or contact of the organisation a member is. */
export function LinkDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const org = useOrg();
  const was = (kind: 'resource' | 'party') => member.persons.find((person) => person.kind === kind)?.id ?? null;
  const [person, setPerson] = useState(was('resource'));
  const [contact, setContact] = useState(was('party'));
  const save = useChange(org.slug, ['memberships', 'resources', 'parties'], async () => {
    const { userId } = member;
    const slug = { org: org.slug };
    if (person !== was('resource')) {
      const before = was('resource');
      if (before) await organisationsApi.linkResource({ ...slug, params: { id: before }, body: { userId: null } });
      if (person) await organisationsApi.linkResource({ ...slug, params: { id: person }, body: { userId } });
    }
    if (contact !== was('party')) {
      const before = was('party');
      if (before) await organisationsApi.linkParty({ ...slug, params: { id: before }, body: { userId: null } });
      if (contact) await organisationsApi.linkParty({ ...slug, params: { id: contact }, body: { userId } });
    }
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Which person is ${member.name}?`}
      description="Crew see what this person is booked for; clients and promoters see the work that this contact is part of."
    >
      <div className="grid gap-4 pb-5">
        {org.can('resources.read') && (
          <FieldFrame label={capital(org.words.person.one)} optional>
            {(control) => <ResourcePicker {...control} kind="person" value={person} onValue={setPerson} clearable />}
          </FieldFrame>
        )}
        {org.can('parties.read') && (
          <FieldFrame label={capital(org.words.party.one)} optional>
            {(control) => <PartyPicker {...control} value={contact} onValue={setContact} clearable />}
          </FieldFrame>
        )}
        {save.error && <ErrorNotice error={save.error} />}
      </div>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" busy={save.isPending} onClick={() => save.mutate(undefined, { onSuccess: onClose })}>
          Save
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
