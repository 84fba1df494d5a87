import { useQuery } from '@tanstack/react-query';
import { Link2, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { formatTime } from '#platform/time/format.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { ConfirmDialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { SecretDialog } from '#platform/ui/secret-dialog.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { availabilityApi, feedsQuery } from './availability-queries.ts';

/** Whose time the feed shows: a resource, or the whole organisation. */
interface FeedsProps {
  resourceId: string | null;
  /** Name for a new one. */
  name: string;
}

/** Private calendar addresses that others subscribe to, and their end. */
export function Feeds({ resourceId, name }: FeedsProps) {
  const org = useOrg();
  const toast = useToast();
  const [shown, setShown] = useState<string | null>(null);
  const [ending, setEnding] = useState<{ id: string; name: string } | null>(null);
  const { data, error, refetch } = useQuery({ ...feedsQuery(org.slug), enabled: org.can('feeds.manage') });
  const create = useChange(org.slug, ['feeds'], (_: void, call) =>
    availabilityApi.createFeed({ org: org.slug, body: { resourceId, name } }, call),
  );
  const revoke = useChange(org.slug, ['feeds'], (id: string, call) =>
    availabilityApi.revokeFeed({ org: org.slug, params: { id } }, call),
  );
  if (!org.can('feeds.manage')) return null;
  const feeds = (data?.items ?? []).filter(
    (feed) => feed.resourceId === resourceId && (resourceId !== null || feed.engagementId === null),
  );
  const failed = (title: string) => (failure: unknown) => toast({ tone: 'danger', title, detail: errorText(failure) });
  return (
    <Section
      title="Calendar feeds"
      description="A private address that Google, Apple or Outlook Calendar subscribes to. Whoever has it sees these bookings, so give it to those they are for."
      actions={
        <Button
          size="sm"
          busy={create.isPending}
          onClick={() =>
            create.mutate(undefined, { onSuccess: ({ url }) => setShown(url), onError: failed('No feed was made') })
          }
        >
          <Plus aria-hidden /> New feed
        </Button>
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && feeds.length === 0 && <p className="text-sm text-ink-faint">None yet.</p>}
      {feeds.length > 0 && (
        <CardList label="Calendar feeds">
          {feeds.map((feed) => (
            <li key={feed.id} className="flex items-center gap-3 px-4 py-2 text-sm">
              <Link2 aria-hidden className="size-4 shrink-0 text-ink-faint" />
              <div className="min-w-0 flex-1">
                <p className="truncate font-medium">{feed.name}</p>
                <p className="text-xs text-ink-faint">
                  Made {formatTime(feed.createdAt, org.zone, 'date')}. Its address was shown once.
                </p>
              </div>
              <IconButton label={`End the feed ${feed.name}`} size="icon-sm" onClick={() => setEnding(feed)}>
                <Trash2 aria-hidden />
              </IconButton>
            </li>
          ))}
        </CardList>
      )}
      <SecretDialog
        title="The feed’s address"
        description="Copy it now: it isn’t shown again. In Google Calendar choose “From URL”, in Apple Calendar “New Calendar Subscription”, in Outlook “Subscribe from web”."
        secret={shown}
        onClose={() => setShown(null)}
      />
      <ConfirmDialog
        open={ending !== null}
        onOpenChange={(open) => !open && setEnding(null)}
        title={`End ${ending?.name ?? 'the feed'}?`}
        description="Calendars that subscribe to it stop getting changes at once. This can’t be undone; a new feed has another address."
        action="End feed"
        onConfirm={() =>
          ending ? revoke.mutateAsync(ending.id).catch(failed('The feed is still there')) : Promise.resolve()
        }
      />
    </Section>
  );
}
