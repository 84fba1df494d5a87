import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bell } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { formatAgo } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { Popover } from '#platform/ui/popover.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Notice } from '../contract.ts';
import { noticesApi, noticesQuery } from './notice-queries.ts';

/** What happened to holds of one's own; unread ones are counted on the bell, and read once the list was closed. */
export function NoticesBell() {
  const org = useOrg();
  const [open, setOpen] = useState(false);
  const { data } = useQuery({ ...noticesQuery(org.slug), enabled: org.can('notices.own') });
  const markRead = useChange(org.slug, ['notices'], (_: void, call) =>
    noticesApi.markRead({ org: org.slug, body: {} }, call),
  );
  const unread = data?.unread ?? 0;
  if (!org.can('notices.own')) return null;
  const toggle = (next: boolean) => {
    setOpen(next);
    if (!next && unread > 0) markRead.mutate(undefined);
  };
  return (
    <Popover
      label="Notices"
      align="end"
      open={open}
      onOpenChange={toggle}
      className="w-88 p-0"
      trigger={
        <Button
          variant="ghost"
          size="icon"
          aria-label={unread > 0 ? `Notices, ${unread} unread` : 'Notices'}
          className="relative"
        >
          <Bell aria-hidden />
          {unread > 0 && (
            <span
              aria-hidden
              className="absolute -top-0.5 -right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-danger px-1 text-2xs font-semibold text-on-danger tabular-nums"
            >
              {unread > 9 ? '9+' : unread}
            </span>
          )}
        </Button>
      }
    >
      <h2 className="border-b border-line px-4 py-2.5 text-sm font-semibold">Notices</h2>
      {data && data.items.length > 0 ? (
        <ul className="max-h-96 divide-y divide-line overflow-y-auto">
          {data.items.map((notice) => (
            <NoticeRow key={notice.id} notice={notice} onFollow={() => toggle(false)} />
          ))}
        </ul>
      ) : (
        <p className="px-4 py-6 text-sm text-pretty text-ink-soft">
          Nothing yet. When one of your holds moves up, is challenged or is released, or a task becomes yours, it says
          so here.
        </p>
      )}
    </Popover>
  );
}

interface NoticeProps {
  notice: Notice;
  onFollow: () => void;
}

function NoticeRow({ notice, onFollow }: NoticeProps) {
  return (
    <li className="relative flex gap-2.5 px-4 py-2.5 text-sm">
      <span
        aria-hidden
        className={cn('mt-1.5 size-2 shrink-0 rounded-full', notice.readAt ? 'bg-transparent' : 'bg-accent')}
      />
      <div className="min-w-0 flex-1">
        <p className="break-words">
          <NoticeLink notice={notice} onFollow={onFollow} />
        </p>
        <p className="text-xs text-ink-faint">
          {!notice.readAt && <span className="sr-only">Unread. </span>}
          {formatAgo(notice.createdAt)}
        </p>
      </div>
    </li>
  );
}

/** To what it is about, when that is a page. */
function NoticeLink({ notice: { engagementId, inquiryId, partyId, message }, onFollow }: NoticeProps) {
  const org = useOrg();
  const link = { onClick: onFollow, className: 'after:absolute after:inset-0 hover:underline', children: message };
  if (engagementId) return <Link to="/o/$org/engagements/$id" params={{ org: org.slug, id: engagementId }} {...link} />;
  if (inquiryId) return <Link to="/o/$org/inquiries/$id" params={{ org: org.slug, id: inquiryId }} {...link} />;
  if (partyId) return <Link to="/o/$org/contacts/$id" params={{ org: org.slug, id: partyId }} {...link} />;
  return message;
}
