import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LifeBuoy, Plus } from 'lucide-react';
import { useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useChange } from '#platform/client/use-change.ts';
import { formatTime } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog } from '#platform/ui/dialog.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useMinute } from '#platform/ui/use-minute.ts';
import { OpenSupport } from './open-support.tsx';
import { supportApi, supportGrantsQuery, type SupportGrant } from './support-queries.ts';

/** An owner lets the operators of the installation in, sees what they looked at, and ends it. */
export function SupportAccess() {
  const org = useOrg();
  const [opening, setOpening] = useState(false);
  const { data, error, refetch } = useQuery({
    ...supportGrantsQuery(org.slug),
    enabled: org.can('support.manage'),
    refetchInterval: 30_000,
  });
  if (!org.can('support.manage')) return null;
  const open = (
    <Button size="sm" variant={data?.items.length === 0 ? 'primary' : 'secondary'} onClick={() => setOpening(true)}>
      <Plus aria-hidden /> Open to support
    </Button>
  );
  return (
    <Section
      title="Support access"
      description="Those who run this installation see nothing in here unless you let them in, for a purpose and a time. It ends by itself, and each look is in your audit trail. Members, settings, API keys and personal details stay closed to them."
      actions={data && data.items.length > 0 && open}
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={2} />}
      {data?.items.length === 0 && (
        <EmptyState icon={LifeBuoy} title="Closed to support" className="py-8" actions={open}>
          Nobody but your members has ever been let in.
        </EmptyState>
      )}
      {data && data.items.length > 0 && (
        <CardList label="Support access">
          {data.items.map((grant) => (
            <GrantRow key={grant.id} grant={grant} />
          ))}
        </CardList>
      )}
      <OpenSupport open={opening} onOpenChange={setOpening} />
    </Section>
  );
}

function GrantRow({ grant }: { grant: SupportGrant }) {
  const { id, purpose, level, state, grantedBy, createdAt, endsAt, revokedAt } = grant;
  const org = useOrg();
  const now = useMinute();
  const running = state === 'open' && Date.parse(endsAt) > now;
  const end = running
    ? `${timeLeft(endsAt, now)} left`
    : `ended ${formatTime(revokedAt ?? endsAt, org.zone, 'dateTime')}`;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium break-words">{purpose}</p>
        <p className="mt-0.5 text-xs break-words text-ink-faint">
          {level === 'read' ? 'Looking only' : 'Looking and changing'}, opened
          {grantedBy && ` by ${grantedBy}`} {formatTime(createdAt, org.zone, 'dateTime')}, {end}
        </p>
        <Looks grant={grant} />
      </div>
      {running ? (
        <span className="flex items-center gap-2">
          <Badge tone="accent">Open</Badge>
          <EndGrant id={id} purpose={purpose} />
        </span>
      ) : (
        <Badge>{state === 'revoked' ? 'Ended early' : 'Ended'}</Badge>
      )}
    </li>
  );
}

/** How often they looked, leading to each of these in the audit trail. */
function Looks({ grant: { id, looks, lastLookAt } }: { grant: SupportGrant }) {
  const org = useOrg();
  if (looks === 0) return <p className="mt-0.5 text-xs text-ink-faint">Nobody has looked.</p>;
  return (
    <p className="mt-0.5 text-xs text-ink-faint">
      <Link
        to="/o/$org/audit"
        params={{ org: org.slug }}
        search={{ actor: `support:${id}` }}
        className="text-accent underline underline-offset-2"
      >
        {looks === 1 ? '1 look' : `${looks.toLocaleString()} looks`}
      </Link>
      {lastLookAt && `, the last ${formatTime(lastLookAt, org.zone, 'dateTime')}`}
    </p>
  );
}

function EndGrant({ id, purpose }: { id: string; purpose: string }) {
  const org = useOrg();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const end = useChange(org.slug, ['support_grants'], (_: void, call) =>
    supportApi.end({ org: org.slug, params: { id } }, call),
  );
  return (
    <>
      <Button size="sm" variant="danger-ghost" aria-label={`End “${purpose}”`} onClick={() => setAsking(true)}>
        End now
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="End support’s access?"
        description="Whatever they have open closes within five seconds."
        action="End access"
        onConfirm={() =>
          end
            .mutateAsync(undefined)
            .catch((failure: unknown) =>
              toast({ tone: 'danger', title: 'They still have access', detail: errorText(failure) }),
            )
        }
      />
    </>
  );
}

/** “2 days”, “5 hours”, “12 minutes”. */
function timeLeft(endsAt: string, now: number): string {
  const minutes = Math.max(1, Math.round((Date.parse(endsAt) - now) / 60_000));
  const said = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (minutes < 60) return said(minutes, 'minute');
  return minutes < 48 * 60 ? said(Math.round(minutes / 60), 'hour') : said(Math.round(minutes / 1_440), 'day');
}
