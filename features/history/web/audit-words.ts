import type { Pack } from '#features/organisations/packs/pack.ts';
import { withArticle } from '#features/organisations/web/word-case.ts';
import { historySentence, type HistoryNames } from '#features/engagements/web/page/history-sentences.ts';
import { formatTime } from '#platform/time/format.ts';
import type { Change } from '../contract.ts';

/** What people call a record of each table, for the filter and for sentences. */
export function entityWords(pack: Pack): Record<string, string> {
  const { engagement, series, party, hold, commit } = pack.words;
  return {
    engagements: engagement.one,
    claims: `${hold.one} or ${commit.one}`,
    challenges: 'challenge',
    stage_decisions: 'decision',
    engagement_parties: `${party.one} of ${withArticle(engagement.one)}`,
    resources: 'resource',
    resource_skills: 'skill',
    working_hours: 'weekly hours',
    time_off: 'time off',
    calendars: 'outside calendar',
    feeds: 'calendar feed',
    personal_details: 'personal details',
    positions: 'position',
    chairs: 'chair',
    schedule_items: 'schedule item',
    timeline_templates: 'schedule template',
    engagement_people: 'entry of a roster',
    roster_settings: 'settings of rosters',
    needs: 'need',
    seats: 'seat',
    ranked_lists: 'ranked list',
    ranked_entries: 'entry of a ranked list',
    cascades: 'round of calls',
    calls: 'call',
    call_services: 'service of a call',
    call_questions: 'question about a call',
    service_reports: 'report of a service',
    attendances: 'attendance',
    pay_scales: 'pay scale',
    pay_choices: 'choice of a pay scale',
    pay_adjustments: 'adjustment of pay',
    pay_sheets: 'pay sheet',
    tasks: 'task',
    task_steps: 'step of a task',
    detail_sets: 'fields of details',
    engagement_details: 'detail',
    task_templates: 'list of tasks',
    songs: 'song',
    song_versions: 'version of a song',
    setlist_sets: 'set',
    setlist_entries: 'entry of a setlist',
    guests: 'guest',
    guest_allotments: 'allotment of guests',
    guest_lists: 'guest list',
    notes: 'note',
    comments: 'comment',
    travel_legs: 'travel leg',
    travellers: 'traveller',
    hotel_stays: 'hotel',
    hotel_rooms: 'hotel room',
    room_sleepers: 'guest of a hotel room',
    per_diems: 'per diem',
    advances: 'setting of an advance',
    advance_items: 'item of an advance',
    advance_comments: 'comment in an advance',
    advance_links: 'link to an advance',
    advance_templates: 'checklist of an advance',
    contract_templates: 'wording of a contract',
    inquiries: pack.words.inquiry.one,
    inquiry_decisions: `decision about ${withArticle(pack.words.inquiry.one)}`,
    inquiry_messages: `message about ${withArticle(pack.words.inquiry.one)}`,
    inquiry_claims: `time held for ${withArticle(pack.words.inquiry.one)}`,
    inquiry_watchers: `choice of who is told of ${pack.words.inquiry.many}`,
    folders: 'folder',
    files: 'file',
    file_versions: 'version of a file',
    forms: 'form',
    form_revisions: 'published form',
    parties: party.one,
    party_people: `connection of a ${party.one}`,
    party_distinctions: `distinction between ${party.many}`,
    party_merges: `merge of ${party.many}`,
    follow_ups: 'follow-up',
    series: series.one,
    memberships: 'member',
    invitations: 'invitation',
    custom_roles: 'role',
    api_keys: 'API key',
    support_grants: 'support access',
    organisations: 'settings',
    access: 'access',
  };
}

const engagementEntities = new Set([
  'engagements',
  'claims',
  'challenges',
  'stage_decisions',
  'engagement_parties',
  'schedule_items',
  'needs',
]);

/** “moved a hold to 1st place”: what somebody did, without who and when. */
export function auditSentence(change: Change, names: HistoryNames): string {
  const { pack } = names;
  if (change.operation === 'denied') return `tried ${routeText(change)} and was refused`;
  if (change.operation === 'looked') return lookSentence(change);
  if (engagementEntities.has(change.entity)) {
    const subject = `the ${pack.words.engagement.one}`;
    // A decision is told by its own entry, and the column that it changed by nothing else.
    return historySentence(change, { ...names, subject }) ?? `changed ${fieldsOf(change)} of ${subject}`;
  }
  return accountSentence(change, names.zone) ?? plainSentence(change, pack);
}

/** Their sentences name them already. */
export const namedInSentence = new Set(['memberships', 'api_keys', 'organisations', 'access']);

/** Members, keys, roles, support: verbs of their own. */
function accountSentence(change: Change, zone: string): string | null {
  const { entity, operation, actor, before, after, label } = change;
  const role = String(after?.['role'] ?? before?.['role'] ?? '').replaceAll('_', ' ');
  const own = role === 'custom';
  const asRole = own ? 'with a role of your own' : `as ${role}`;
  const name = String(after?.['name'] ?? before?.['name'] ?? '');
  switch (`${entity} ${operation}`) {
    case 'memberships insert':
      return actor === `user:${String(after?.['userId'])}`
        ? `joined ${asRole}`
        : `let ${label ?? 'somebody'} in ${asRole}`;
    case 'memberships update':
      if (!after || !('role' in after)) return `changed the membership of ${label ?? 'a member'}`;
      return own ? `gave ${label ?? 'a member'} a role of your own` : `made ${label ?? 'a member'} ${role}`;
    case 'memberships delete':
      if (actor === `user:${String(before?.['userId'])}`) return 'left the organisation';
      return `took ${label ?? 'a member'} away, who was ${own ? 'in a role of your own' : role}`;
    case 'invitations insert':
      return `invited ${String(after?.['email'] ?? 'somebody')} ${asRole}`;
    case 'invitations update':
      return after?.['acceptedAt'] ? 'accepted an invitation' : 'took an invitation back';
    case 'api_keys insert':
      return `made the API key “${name}”, as ${role}`;
    case 'api_keys update':
      return `${after?.['revokedAt'] ? 'revoked' : 'changed'} ${label ? `the ${label}` : 'an API key'}`;
    case 'support_grants insert':
      return `let support ${after?.['level'] === 'change' ? 'in' : 'look'} until ${formatTime(String(after?.['endsAt']), zone, 'dateTime')}: ${String(after?.['purpose'])}`;
    case 'support_grants update':
      return 'ended support’s access';
    case 'organisations insert':
      return 'made the organisation';
    default:
      return null;
  }
}

function plainSentence(change: Change, pack: Pack): string {
  const word = entityWords(pack)[change.entity] ?? change.entity.replaceAll('_', ' ');
  const plural = /s$|time off$|access$/.test(word);
  const noun = plural ? word : withArticle(word);
  if (change.operation === 'insert') return `added ${noun}`;
  if (change.operation === 'delete') return `removed ${noun}`;
  return `changed ${fieldsOf(change)} of ${change.entity === 'organisations' ? 'the organisation' : noun}`;
}

function lookSentence(change: Change): string {
  const { after } = change;
  if (change.entity === 'personal_details') {
    const fields = Array.isArray(after?.['fields']) ? after['fields'].map((field) => wordsOf(String(field))) : [];
    return `looked at ${fields.join(', ') || 'personal details'}`;
  }
  if (change.entity === 'calls') return 'took the link to answer a call';
  if (after?.['export'] === 'history')
    return `exported ${Number(after['changes']).toLocaleString()} changes of this trail`;
  return `looked: ${routeText(change)}`;
}

/** The details show what it was asked for, too. */
function routeText({ after }: Change): string {
  const path = String(after?.['route'] ?? '').replace(/^\/api\/v1\/orgs\/[^/]+|\?.*$/g, '') || '/';
  return `${String(after?.['method'] ?? '')} ${path}`.trim();
}

/** “name, notes”; what the reader may not see is said to be there. */
function fieldsOf({ before, after, hidden }: Change): string {
  const seen = Object.keys({ ...before, ...after }).map(wordsOf);
  const fields = [...seen, ...(hidden.length > 0 ? ['fields that you may not see'] : [])];
  return fields.length > 0 ? list.format(fields) : 'nothing but the count';
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** Columns whose own name says little. */
const columnWords: Record<string, string> = { userId: 'account', confirmedAt: 'time of confirming' };

/** `challengeHours` → “challenge hours”. */
export function wordsOf(field: string): string {
  return columnWords[field] ?? field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
