import { lazyRouteComponent, type AsyncRouteComponent } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { AdvanceCount } from '#features/engagements/advance/web/advance-count.tsx';
import { OpenEngagementThreads, OpenNoteThreads } from '#features/comments/web/open-threads.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import type { PackScreen } from '#features/organisations/packs/pack.ts';
import type { Org } from '#features/organisations/web/org-context.tsx';

export interface EngagementTab {
  /** In the address. */
  value: string;
  label: string;
  /** Permission that shows it; `least: 'own'` when it holds for things of one's own too. */
  needs: string;
  least?: 'own';
  /** Only where one of the organisation’s packs has this screen. */
  screen?: PackScreen;
  /** A figure after the label. It shows at all times, so let it be cheap; nothing while it isn't known. */
  count?: ComponentType<{ engagement: Engagement }>;
  /** Loaded when the page is at rest or the tab is chosen. */
  content: AsyncRouteComponent<{ engagement: Engagement }>;
}

/** The tabs of an engagement, as far as somebody may see them. */
export function tabsFor(org: Org): EngagementTab[] {
  return tabs.filter(
    ({ needs, least, screen }) => org.can(needs, least) && (screen === undefined || org.shows(screen)),
  );
}

/** In the order shown. A new tab is one line here. */
const tabs: readonly EngagementTab[] = [
  {
    value: 'overview',
    label: 'Overview',
    needs: 'engagements.read',
    least: 'own',
    content: lazyRouteComponent(
      () => import('#features/engagements/web/page/engagement-overview.tsx'),
      'EngagementOverview',
    ),
  },
  {
    value: 'roster',
    label: 'Roster',
    needs: 'people.read',
    least: 'own',
    content: lazyRouteComponent(() => import('#features/engagements/people/web/people-tab.tsx'), 'PeopleTab'),
  },
  {
    value: 'schedule',
    label: 'Schedule',
    needs: 'timeline.read',
    least: 'own',
    content: lazyRouteComponent(
      () => import('#features/engagements/timeline/web/engagement-schedule.tsx'),
      'EngagementSchedule',
    ),
  },
  {
    value: 'tasks',
    label: 'Tasks',
    needs: 'tasks.read',
    least: 'own',
    content: lazyRouteComponent(() => import('#features/engagements/tasks/web/tasks-tab.tsx'), 'TasksTab'),
  },
  {
    value: 'notes',
    label: 'Notes',
    needs: 'notes.read',
    least: 'own',
    count: OpenNoteThreads,
    content: lazyRouteComponent(() => import('#features/engagements/notes/web/notes-tab.tsx'), 'NotesTab'),
  },
  {
    value: 'comments',
    label: 'Comments',
    needs: 'comments.read',
    count: OpenEngagementThreads,
    content: lazyRouteComponent(() => import('#features/comments/web/comments-tab.tsx'), 'CommentsTab'),
  },
  {
    value: 'seats',
    label: 'Seats',
    needs: 'needs.read',
    content: lazyRouteComponent(() => import('./engagement-seats-tab.tsx'), 'EngagementSeatsTab'),
  },
  {
    value: 'calls',
    label: 'Calls',
    needs: 'calls.read',
    content: lazyRouteComponent(() => import('#features/calls/cascades/web/calls-tab.tsx'), 'CallsTab'),
  },
  {
    value: 'attendance',
    label: 'Attendance',
    needs: 'attendance.read',
    least: 'own',
    content: lazyRouteComponent(() => import('#features/calls/attendance/web/attendance-tab.tsx'), 'AttendanceTab'),
  },
  {
    value: 'pay',
    label: 'Pay',
    needs: 'pay.read',
    content: lazyRouteComponent(() => import('#features/calls/pay/web/pay-tab.tsx'), 'PayTab'),
  },
  {
    value: 'guests',
    label: 'Guests',
    screen: 'guests',
    needs: 'guests.read',
    least: 'own',
    content: lazyRouteComponent(() => import('#features/engagements/guests/web/guests-tab.tsx'), 'GuestsTab'),
  },
  {
    value: 'setlist',
    label: 'Setlist',
    needs: 'setlists.read',
    least: 'own',
    screen: 'setlists',
    content: lazyRouteComponent(() => import('#features/engagements/setlists/web/setlist-tab.tsx'), 'SetlistTab'),
  },
  {
    value: 'travel',
    label: 'Travel',
    needs: 'travel.read',
    least: 'own',
    screen: 'travel',
    content: lazyRouteComponent(() => import('#features/engagements/travel/web/travel-tab.tsx'), 'TravelTab'),
  },
  {
    value: 'advance',
    label: 'Advance',
    screen: 'advance',
    needs: 'advance.read',
    count: AdvanceCount,
    content: lazyRouteComponent(() => import('#features/engagements/advance/web/advance-tab.tsx'), 'AdvanceTab'),
  },
  {
    value: 'files',
    label: 'Files',
    needs: 'files.read',
    least: 'own',
    content: lazyRouteComponent(() => import('#features/files/web/files-tab.tsx'), 'FilesTab'),
  },
  {
    value: 'documents',
    label: 'Documents',
    needs: 'documents.read',
    least: 'own',
    content: lazyRouteComponent(() => import('#features/documents/web/documents-tab.tsx'), 'DocumentsTab'),
  },
  {
    value: 'record',
    label: 'Record',
    needs: 'engagements.read',
    content: lazyRouteComponent(
      () => import('#features/engagements/web/page/engagement-record.tsx'),
      'EngagementRecord',
    ),
  },
];
