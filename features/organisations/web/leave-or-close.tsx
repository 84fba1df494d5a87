import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog, Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { organisations } from '../contract.ts';
import { useOrg } from './org-context.tsx';
import { organisationsApi } from './organisation-queries.ts';

const form = entityForm(organisations.routes.close.body);

/** The ways out: one's own, and everybody's. */
export function LeaveOrClose() {
  const org = useOrg();
  return (
    <>
      <Leave />
      {org.can('organisation.close') && <Close />}
    </>
  );
}

function useGoodbye(): () => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await queries.invalidateQueries({ queryKey: ['me'] });
    await navigate({ to: '/', replace: true });
  };
}

function Leave() {
  const org = useOrg();
  const toast = useToast();
  const goodbye = useGoodbye();
  const [asking, setAsking] = useState(false);
  const leave = async () => {
    try {
      await organisationsApi.leave({ params: { id: org.id } });
      await goodbye();
    } catch (failure) {
      toast({ tone: 'danger', title: `You still belong to ${org.name}`, detail: errorText(failure) });
    }
  };
  return (
    <Section
      title="Leave"
      description={`Your access to ${org.name} ends; your account stays. To come back somebody must invite you.`}
      actions={
        <Button size="sm" variant="danger-ghost" onClick={() => setAsking(true)}>
          Leave the organisation
        </Button>
      }
    >
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Leave ${org.name}?`}
        description="Your access ends at once. What you did here stays in its history."
        action="Leave"
        onConfirm={leave}
      />
    </Section>
  );
}

function Close() {
  const org = useOrg();
  const goodbye = useGoodbye();
  const [closing, setClosing] = useState(false);
  const close = async (body: { slug: string }) => {
    await organisationsApi.close({ org: org.slug, body });
    await goodbye();
  };
  return (
    <Section
      title="Close the organisation"
      description="Nobody gets in any more: no member, no API key, no calendar. For 30 days whoever runs this installation can open it again; after that everything in it may be erased."
      actions={
        <Button size="sm" variant="danger" onClick={() => setClosing(true)}>
          Close the organisation
        </Button>
      }
    >
      <Dialog
        open={closing}
        onOpenChange={setClosing}
        title={`Close ${org.name}?`}
        description="It closes for everybody at once."
        size="sm"
      >
        <form.Form
          values={{ slug: '' }}
          onSubmit={close}
          onCancel={() => setClosing(false)}
          action="Close organisation"
          footer={DialogFooter}
        >
          <form.Field name="slug" label={`Type ${org.slug} to be sure`} autoFocus />
        </form.Form>
      </Dialog>
    </Section>
  );
}
