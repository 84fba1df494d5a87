import type * as z from 'zod';
import { ApiError } from '#platform/client/client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { heldRoles } from '#platform/contract/contract.ts';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue } from '#platform/ui/entity-form.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg, type Org } from '#features/organisations/web/org-context.tsx';
import { RolePicker } from '#features/organisations/web/role-picker.tsx';
import { seesOwn } from '#features/organisations/web/role-words.ts';
import { capital, withArticle } from '#features/organisations/web/word-case.ts';
import { PartyPicker } from '#features/parties/web/party-picker.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import { invitations } from '../contract.ts';
import { invitationsApi } from './invitation-queries.ts';

const form = entityForm(invitations.routes.invite.body);
type NewInvitation = z.output<typeof invitations.routes.invite.body>;

/** An address, a role, and who of the organisation's people or contacts the account will be. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const invite = useChange(org.slug, ['invitations'], (body: NewInvitation, call) =>
    invitationsApi.invite({ org: org.slug, body }, call),
  );
  const submit = async (body: NewInvitation) => {
    const { email } = await invite.mutateAsync(whoIsMeant(org, body));
    toast({ tone: 'good', title: `An invitation is on its way to ${email}` });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Invite somebody"
      description={`They get a mail with a link to join ${org.name}.`}
    >
      <form.Form
        values={{ role: 'staff' }}
        onSubmit={submit}
        onCancel={onClose}
        action="Send invitation"
        footer={DialogFooter}
      >
        <form.Field name="email" label="E-mail" autoFocus />
        <RoleField />
        <PersonFields />
      </form.Form>
    </Dialog>
  );
}

function RoleField() {
  const [customRoleId, setCustomRoleId] = useFormValue('customRoleId');
  return (
    <form.Field name="role" label="Role">
      {({ value, onValue, ...control }) => (
        <RolePicker
          {...control}
          value={{ role: value, customRoleId: typeof customRoleId === 'string' ? customRoleId : null }}
          onValue={(chosen) => {
            onValue(chosen.role);
            setCustomRoleId(chosen.customRoleId);
          }}
        />
      )}
    </form.Field>
  );
}

/** Who they are, where that decides what they see. */
function PersonFields() {
  const org = useOrg();
  const [role] = useFormValue('role');
  const kind = kindFor(role);
  if (kind === 'party') {
    if (!org.can('parties.read')) return null;
    return (
      <form.Field
        name="partyId"
        required
        label={`Which ${org.words.party.one} is it?`}
        hint={`They see the ${org.words.engagement.many} that this ${org.words.party.one} is part of.`}
      >
        {(control) => <PartyPicker {...control} clearable />}
      </form.Field>
    );
  }
  if (!org.can('resources.read')) return null;
  const { one } = org.words.person;
  return (
    <form.Field
      name="resourceId"
      required={kind === 'resource'}
      label={kind === 'resource' ? `Which ${one} is it?` : capital(one)}
      hint={
        kind === 'resource'
          ? `They see what this ${one} is booked for.`
          : `If they are ${withArticle(one)} whom you book, too.`
      }
    >
      {(control) => <ResourcePicker {...control} kind="person" clearable />}
    </form.Field>
  );
}

function kindFor(role: unknown): 'resource' | 'party' | undefined {
  const held = heldRoles.find((candidate) => candidate === role);
  return held && seesOwn[held];
}

/** Only what the role asks for is sent; without it they would join and see nothing. */
function whoIsMeant(org: Org, body: NewInvitation): NewInvitation {
  const kind = kindFor(body.role);
  const { resourceId, partyId, ...rest } = body;
  if (kind === 'party') {
    if (!partyId && org.can('parties.read')) throw missing('partyId', org.words.party.one);
    return { ...rest, resourceId: null, partyId };
  }
  if (kind === 'resource' && !resourceId && org.can('resources.read'))
    throw missing('resourceId', org.words.person.one);
  return { ...rest, resourceId, partyId: null };
}

function missing(field: string, word: string): ApiError {
  const message = `Choose the ${word}: what they see follows from it. Add one first if it isn’t there.`;
  return new ApiError(400, { detail: message, fields: [{ field, message }] });
}
