import type { ComponentType } from 'react';
import { PayScales } from '#features/calls/pay/web/pay-scales.tsx';
import { FieldSettings } from '#features/engagements/details/web/field-settings.tsx';
import { ContractSettings } from '#features/documents/contracts/web/contract-settings.tsx';
import { AdvanceTemplateSettings } from '#features/engagements/advance/web/template-settings.tsx';
import { RosterSettings } from '#features/engagements/people/web/roster-settings.tsx';
import { ScheduleTemplateSettings } from '#features/engagements/timeline/web/schedule-template-settings.tsx';
import { TaskTemplateSettings } from '#features/engagements/tasks/web/template-settings.tsx';
import { ApiKeys } from '#features/identity/web/api-keys.tsx';
import { MessageSettings } from '#features/messaging/web/message-settings.tsx';
import { NoticePreferences } from '#features/notices/web/notice-preferences.tsx';
import { SupportAccess } from '#features/operator/web/support-access.tsx';
import { Invitations } from '#features/organisations/invitations/web/invitations.tsx';
import { LogoSetting } from '#features/organisations/web/logo-setting.tsx';
import { LeaveOrClose } from '#features/organisations/web/leave-or-close.tsx';
import { Members } from '#features/organisations/web/members.tsx';
import { OrganisationSettings } from '#features/organisations/web/organisation-settings.tsx';
import { useOrg, type Org } from '#features/organisations/web/org-context.tsx';
import { PlanUsage } from '#features/organisations/web/plan-usage.tsx';
import { Roles } from '#features/organisations/web/roles.tsx';
import { SecondFactorSetting } from '#features/organisations/web/second-factor-setting.tsx';
import { Feeds } from '#features/scheduling/availability/web/feeds.tsx';

interface SettingsPart {
  /** In the address. */
  key: string;
  label: string;
  /** Who may see it. */
  shown: (org: Org) => boolean;
  content: ComponentType;
}

/** The parts of the settings, as far as somebody may see them. A new part is one line here. */
export function partsFor(org: Org): SettingsPart[] {
  return parts.filter(({ shown }) => shown(org));
}

const parts: readonly SettingsPart[] = [
  { key: 'organisation', label: 'Organisation', shown: ({ can }) => can('organisation.read'), content: Organisation },
  {
    key: 'members',
    label: 'Members',
    shown: ({ can }) => can('members.read') || can('invitations.manage'),
    content: MembersAndInvitations,
  },
  { key: 'roles', label: 'Roles', shown: ({ can }) => can('members.read'), content: Roles },
  { key: 'security', label: 'Security', shown: ({ can }) => can('organisation.change'), content: SecondFactorSetting },
  {
    key: 'keys',
    label: 'API keys and calendars',
    shown: ({ can }) => can('apiKeys.manage') || can('feeds.manage'),
    content: KeysAndCalendars,
  },
  { key: 'pay', label: 'Pay scales', shown: ({ can }) => can('pay.read'), content: PayScales },
  { key: 'tasks', label: 'Task lists', shown: ({ can }) => can('tasks.templates'), content: TaskTemplateSettings },
  {
    key: 'schedules',
    label: 'Schedules',
    shown: ({ can }) => can('timeline.templates'),
    content: ScheduleTemplateSettings,
  },
  { key: 'rosters', label: 'Rosters', shown: ({ can }) => can('people.settings'), content: RosterSettings },
  { key: 'fields', label: 'Fields', shown: ({ can }) => can('details.fields'), content: FieldSettings },
  {
    key: 'advance',
    label: 'Advance checklists',
    shown: ({ can }) => can('advance.templates'),
    content: AdvanceTemplateSettings,
  },
  { key: 'contracts', label: 'Contracts', shown: ({ can }) => can('documents.contracts'), content: ContractSettings },
  { key: 'messages', label: 'Messages', shown: ({ can }) => can('messages.read'), content: MessageSettings },
  { key: 'notifications', label: 'Notifications', shown: ({ can }) => can('notices.own'), content: NoticePreferences },
  { key: 'support', label: 'Support access', shown: ({ can }) => can('support.manage'), content: SupportAccess },
  { key: 'leave', label: 'Leave or close', shown: ({ support }) => support === null, content: LeaveOrClose },
];

function Organisation() {
  return (
    <>
      <OrganisationSettings />
      <LogoSetting />
      <PlanUsage />
    </>
  );
}

function MembersAndInvitations() {
  const org = useOrg();
  return (
    <>
      <Invitations />
      {org.can('members.read') && <Members />}
    </>
  );
}

function KeysAndCalendars() {
  const org = useOrg();
  return (
    <>
      <ApiKeys />
      <Feeds resourceId={null} name={org.name} />
    </>
  );
}
