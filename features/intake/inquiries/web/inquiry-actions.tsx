import {
  CheckCheck,
  Ellipsis,
  Eye,
  Link2,
  PencilLine,
  RefreshCw,
  ShieldAlert,
  ShieldCheck,
  Trash2,
  Undo2,
  X,
} from 'lucide-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { ConfirmDialog } from '#platform/ui/dialog.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem, MenuSeparator } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { InquiryDetail } from '../inquiry-contract.ts';
import { isOpen } from '../rules.ts';
import { ApproveDialog } from './approve-dialog.tsx';
import { DeclineDialog } from './decline-dialog.tsx';
import { EditInquiryDialog } from './inquiry-form.tsx';
import { inquiriesApi, inquiryTables } from './inquiry-queries.ts';

type Asking = 'approve' | 'decline' | 'edit' | 'renew' | 'remove' | null;
type Step = 'review' | 'spam' | 'notSpam' | 'reopen';

/** What can be done with it now. */
export function InquiryActions({ detail }: { detail: InquiryDetail }) {
  const org = useOrg();
  const [asking, setAsking] = useState<Asking>(null);
  const { inquiry } = detail;
  const { state } = inquiry;
  const step = useStep(inquiry.id);
  const link = useLink(inquiry.id);
  const remove = useRemove(inquiry.id);
  const writes = org.can('intake.write');
  const decides = org.can('intake.decide');
  const dialog = (what: Asking) => ({
    open: asking === what,
    onOpenChange: (open: boolean) => setAsking(open ? what : null),
  });
  if (!writes && !decides) return null;
  return (
    <div className="flex flex-wrap items-center gap-2 max-sm:[&>button:not(:last-of-type)>svg]:hidden">
      {decides && isOpen(state) && (
        <>
          <Button variant="primary" onClick={() => setAsking('approve')}>
            <CheckCheck aria-hidden /> Approve…
          </Button>
          <Button onClick={() => setAsking('decline')}>
            <X aria-hidden /> Decline…
          </Button>
        </>
      )}
      {writes && state === 'new' && (
        <Button onClick={() => step('review')}>
          <Eye aria-hidden /> Take it on
        </Button>
      )}
      {writes && state === 'spam' && (
        <Button variant="primary" onClick={() => step('notSpam')}>
          <ShieldCheck aria-hidden /> Not spam
        </Button>
      )}
      {decides && state === 'declined' && (
        <Button onClick={() => step('reopen')}>
          <Undo2 aria-hidden /> Take the refusal back
        </Button>
      )}
      {writes && (
        <Menu
          trigger={
            <IconButton label="More">
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          <MenuItem onSelect={() => setAsking('edit')}>
            <PencilLine aria-hidden /> Edit…
          </MenuItem>
          <MenuItem onSelect={() => void link(false)}>
            <Link2 aria-hidden /> Copy the link to their page
          </MenuItem>
          <MenuItem onSelect={() => setAsking('renew')}>
            <RefreshCw aria-hidden /> New link to their page…
          </MenuItem>
          {isOpen(state) && (
            <>
              <MenuSeparator />
              <MenuItem tone="danger" onSelect={() => step('spam')}>
                <ShieldAlert aria-hidden /> It is spam
              </MenuItem>
            </>
          )}
          {decides && !isOpen(state) && (
            <>
              <MenuSeparator />
              <MenuItem tone="danger" onSelect={() => setAsking('remove')}>
                <Trash2 aria-hidden /> Delete…
              </MenuItem>
            </>
          )}
        </Menu>
      )}
      <ApproveDialog detail={detail} {...dialog('approve')} />
      <DeclineDialog inquiry={inquiry} {...dialog('decline')} />
      <EditInquiryDialog inquiry={inquiry} {...dialog('edit')} />
      <ConfirmDialog
        {...dialog('renew')}
        title="Make a new link?"
        description="Every link that was sent before ends at once. The new one is copied, so that you can send it."
        action="Make new link"
        tone="primary"
        onConfirm={() => link(true)}
      />
      <ConfirmDialog
        {...dialog('remove')}
        title={`Delete ${inquiry.title}?`}
        description={`It goes with all that was said about it.${inquiry.engagementId ? ` The ${org.words.engagement.one} stays.` : ''}`}
        action="Delete"
        onConfirm={remove}
      />
    </div>
  );
}

const stepDone: Readonly<Record<Step, string>> = {
  review: 'It is yours to see to',
  spam: 'Put aside as spam',
  notSpam: 'Back among the others',
  reopen: 'The refusal is taken back',
};

function useStep(id: string): (step: Step) => void {
  const org = useOrg();
  const toast = useToast();
  const take = useChange(org.slug, inquiryTables, (step: Step, call) =>
    inquiriesApi[step]({ org: org.slug, params: { id } }, call),
  );
  return (step) =>
    take.mutate(step, {
      onSuccess: () => toast({ tone: 'good', title: stepDone[step] }),
      onError: (error) => toast({ tone: 'danger', title: 'Nothing was changed', detail: errorText(error) }),
    });
}

function useRemove(id: string): () => Promise<void> {
  const org = useOrg();
  const toast = useToast();
  const navigate = useNavigate();
  const removal = useChange(org.slug, inquiryTables, (_: void, call) =>
    inquiriesApi.remove({ org: org.slug, params: { id } }, call),
  );
  return async () => {
    try {
      await removal.mutateAsync();
      await navigate({ to: '/o/$org/inquiries', params: { org: org.slug }, search: true });
    } catch (error) {
      toast({ tone: 'danger', title: 'It is still there', detail: errorText(error) });
    }
  };
}

/** Copies the address of its sender’s page. */
function useLink(id: string): (renew: boolean) => Promise<void> {
  const org = useOrg();
  const toast = useToast();
  return async (renew) => {
    try {
      const { path } = await inquiriesApi.link({ org: org.slug, params: { id }, body: { renew } });
      await navigator.clipboard.writeText(new URL(path, location.origin).href);
      toast({ tone: 'good', title: renew ? 'A new link is copied' : 'The link is copied' });
    } catch (error) {
      toast({ tone: 'danger', title: 'The link was not copied', detail: errorText(error) });
    }
  };
}
