import { Link, useNavigate } from '@tanstack/react-router';
import { CalendarPlus, CheckCheck, ChevronRight, Ellipsis, GanttChart, Pencil, Trash2, XCircle } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { ConfirmDialog } from '#platform/ui/dialog.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { SecretDialog } from '#platform/ui/secret-dialog.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { availabilityApi } from '#features/scheduling/availability/web/availability-queries.ts';
import type { Claim } from '#features/scheduling/claims/contract.ts';
import { rangeText } from '#features/scheduling/claims/claim-words.ts';
import type { ClaimChanges } from '#features/scheduling/claims/web/use-claim-changes.ts';
import type { Engagement } from '../../contract.ts';
import { EditEngagementDialog } from '../engagement-form.tsx';
import { engagementsApi } from '../engagement-queries.ts';
import { ConfirmEngagement } from './confirm-engagement.tsx';
import { TitleEditor } from './title-editor.tsx';

interface HeadProps {
  engagement: Engagement;
  claims: readonly Claim[];
  changes: ClaimChanges;
  onReleaseAll: () => void;
  /** In the corner: who else is here. */
  beside?: ReactNode;
}

/** Title, when and where, and what can be done with the whole. */
export function EngagementHead({ engagement, claims, changes, onReleaseAll, beside }: HeadProps) {
  const org = useOrg();
  const [editing, setEditing] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const zone = engagement.zone ?? org.zone;
  const open = claims.filter(({ status }) => status !== 'commit').length;
  return (
    <header className="px-4 pt-4 sm:px-6 sm:pt-5">
      <div className="mb-1 flex min-h-7 items-center gap-1.5 text-xs text-ink-faint">
        <Link to="/o/$org/engagements" params={{ org: org.slug }} className="hover:text-ink hover:underline">
          {capital(org.words.engagement.many)}
        </Link>
        <ChevronRight aria-hidden className="size-3" />
        <div className="ml-auto">{beside}</div>
      </div>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <TitleEditor engagement={engagement} />
          <p className="mt-0.5 text-sm text-ink-soft">
            {rangeText(engagement.startsAt, engagement.endsAt, zone, org.zone)}
            {engagement.placeName && <>, {engagement.placeName}</>}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {org.can('claims.read', 'own') && (
            <Button asChild>
              <Link to="/o/$org/board" params={{ org: org.slug }} search={{ at: engagement.startsAt }}>
                <GanttChart aria-hidden /> On the board
              </Link>
            </Button>
          )}
          {org.can('engagements.write') && (
            <Button onClick={() => setEditing(true)}>
              <Pencil aria-hidden /> Edit
            </Button>
          )}
          {org.can('claims.commit') && (open > 0 || engagement.confirmedAt === null) && (
            <Button variant="primary" onClick={() => setConfirming(true)}>
              <CheckCheck aria-hidden /> Confirm
            </Button>
          )}
          {['feeds.manage', 'claims.commit', 'engagements.decide'].some((permission) => org.can(permission)) && (
            <MoreActions engagement={engagement} claims={claims} onReleaseAll={onReleaseAll} />
          )}
        </div>
      </div>
      <EditEngagementDialog engagement={engagement} open={editing} onOpenChange={setEditing} />
      <ConfirmEngagement
        engagement={engagement}
        claims={claims}
        changes={changes}
        open={confirming}
        onClose={() => setConfirming(false)}
      />
    </header>
  );
}

function MoreActions({ engagement, claims, onReleaseAll }: Omit<HeadProps, 'changes' | 'beside'>) {
  const org = useOrg();
  const toast = useToast();
  const navigate = useNavigate();
  const [address, setAddress] = useState<string | null>(null);
  const [deleting, setDeleting] = useState(false);
  const feed = useChange(org.slug, ['feeds'], () =>
    availabilityApi.createFeed({
      org: org.slug,
      body: { engagementId: engagement.id, name: engagement.title.slice(0, 200) },
    }),
  );
  const remove = useChange(org.slug, ['engagements'], () =>
    engagementsApi.remove({ org: org.slug, params: { id: engagement.id } }),
  );
  const failed = (title: string) => (error: unknown) => toast({ tone: 'danger', title, detail: errorText(error) });
  const removeNow = async () => {
    try {
      await remove.mutateAsync(undefined);
      await navigate({ to: '/o/$org/engagements', params: { org: org.slug } });
    } catch (error) {
      failed(`${engagement.title} is still there`)(error);
    }
  };
  return (
    <>
      <Menu
        trigger={
          <IconButton label="More" variant="secondary">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {org.can('feeds.manage') && (
          <MenuItem
            onSelect={() =>
              feed.mutate(undefined, { onSuccess: ({ url }) => setAddress(url), onError: failed('No feed was made') })
            }
          >
            <CalendarPlus aria-hidden /> Make a private calendar feed
          </MenuItem>
        )}
        {org.can('claims.commit') && claims.length > 0 && (
          <MenuItem tone="danger" onSelect={onReleaseAll}>
            <XCircle aria-hidden /> Release everything…
          </MenuItem>
        )}
        {org.can('engagements.decide') && (
          <MenuItem tone="danger" onSelect={() => setDeleting(true)}>
            <Trash2 aria-hidden /> Delete…
          </MenuItem>
        )}
      </Menu>
      <SecretDialog
        title="The feed’s address"
        description="Copy it now: it isn’t shown again. Whoever has it sees this in Google, Apple or Outlook Calendar, and its changes."
        secret={address}
        onClose={() => setAddress(null)}
      />
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${engagement.title}?`}
        description={`Only ${org.words.engagement.many} that hold nothing can be deleted. To keep it in lists, move it to its last stage instead.`}
        action="Delete"
        onConfirm={removeNow}
      />
    </>
  );
}
