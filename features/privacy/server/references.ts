import type pg from 'pg';

/**
 * What becomes of a column that refers to a person when their account is erased.
 * - `deleted`: the row goes.
 * - `cleared`: the value goes, the row stays.
 * - `rewritten`: words that say nobody take its place.
 * - `id`: stays as an id that leads to nobody. History shows “A former user”.
 * - `own`: the organisation's own record of people it works with: its to keep and to erase.
 * - `none`: sounds like a person and is none; says why.
 */
type Fate = 'deleted' | 'cleared' | 'rewritten' | 'id' | 'own' | 'none';

const control: Readonly<Record<string, Fate>> = {
  'users.name': 'deleted',
  'users.email': 'deleted',
  'users.email_verified': 'deleted',
  'sessions.user_id': 'deleted',
  'sessions.ip_address': 'deleted',
  'sessions.user_agent': 'deleted',
  'accounts.user_id': 'deleted',
  'totp_secrets.user_id': 'deleted',
  'recovery_codes.user_id': 'deleted',
  'passkeys.user_id': 'deleted',
  'sign_in_flows.user_id': 'deleted',
  'mailed_tokens.user_id': 'deleted',
  'mailed_tokens.email': 'deleted',
  'memberships.user_id': 'deleted',
  'sign_in_events.user_id': 'cleared',
  'sign_in_events.ip_address': 'cleared',
  'sign_in_events.user_agent': 'cleared',
  // Of a session that is gone.
  'sign_in_events.session_id': 'id',
  'invitations.email': 'deleted',
  'invitations.accepted_by': 'deleted',
  'invitations.invited_by': 'cleared',
  'api_keys.created_by': 'cleared',
  'support_grants.granted_by': 'cleared',
  'outgoing_mails.recipient': 'deleted',
  'outgoing_mails.subject': 'rewritten',
  'outgoing_mails.body': 'rewritten',
  // The outbox of erasure itself: emptied when the ties are cut.
  'ended_accounts.user_id': 'deleted',
  'organisation_changes.actor': 'id',
  'organisation_changes.real_actor': 'id',
  'organisation_changes.session': 'id',
  'organisation_changes.address': 'id',
  'tenant_operations.requested_by': 'id',
  'operator_events.actor': 'id',
  'operator_events.address': 'id',
};

const tenant: Readonly<Record<string, Fate>> = {
  'resources.user_id': 'cleared',
  'parties.user_id': 'cleared',
  'notices.user_id': 'deleted',
  'notice_preferences.user_id': 'deleted',
  'idempotency_keys.actor': 'deleted',
  'changes.actor': 'id',
  'changes.real_actor': 'id',
  'changes.session': 'id',
  // Of a membership, and of the tie that was cut.
  'changes.entity_id': 'id',
  'changes.before': 'id',
  'changes.after': 'id',
  // Evidence of a sealed record; without the account nobody can say whose it was.
  'changes.address': 'id',
  'feeds.created_by': 'id',
  'stage_decisions.decided_by': 'id',
  'claims.placed_by': 'id',
  'challenges.started_by': 'id',
  'import_tasks.started_by': 'id',
  'cascades.started_by': 'id',
  'ranked_lists.approved_by': 'id',
  'call_questions.written_by': 'id',
  'advance_links.sent_by': 'id',
  'advance_links.email': 'own',
  'advance_items.answered_by': 'id',
  'advance_comments.written_by': 'id',
  'files.trashed_by': 'id',
  'file_versions.uploaded_by': 'id',
  'file_uploads.started_by': 'id',
  'call_questions.asked_by': 'none',
  'pay_sheets.approved_by': 'id',
  'tasks.assignee_user_id': 'id',
  'engagements.lead_user_id': 'id',
  'follow_ups.user_id': 'id',
  'follow_ups.done_by': 'id',
  'party_merges.merged_by': 'id',
  'party_merges.undone_by': 'id',
  'tasks.done_by': 'id',
  'task_steps.done_by': 'id',
  'form_revisions.published_by': 'id',
  'guests.requested_by': 'id',
  'guests.decided_by': 'id',
  'notes.edited_by': 'id',
  'notes.removed_by': 'id',
  'note_documents.written_by': 'id',
  'comments.written_by': 'id',
  'comments.resolved_by': 'id',
  'comments.mentioned': 'id',
  'inquiries.assignee_user_id': 'id',
  'inquiries.email': 'own',
  'inquiries.phone': 'own',
  'inquiry_decisions.decided_by': 'id',
  'inquiry_messages.written_by': 'id',
  'inquiry_watchers.user_id': 'deleted',
  // A hotel's.
  'hotel_stays.address': 'none',
  'hotel_stays.phone': 'none',
  // Everyone, some groups, the team.
  'schedule_items.seen_by': 'none',
  'resources.email': 'own',
  'resources.phone': 'own',
  'resources.address': 'own',
  'parties.email': 'own',
  'parties.phone': 'own',
  'parties.address': 'own',
  'guests.email': 'own',
  'guests.phone': 'own',
  // Mails about one's own notices go with the account; others are the organisation's letters to people it works with.
  'messages.recipient': 'own',
  // That somebody wants no mail must outlive everything else about them.
  'suppressed_addresses.email': 'own',
  'personal_details.sealed_emergency_phone': 'own',
};

/** Names of columns that refer to somebody, or by which somebody is reached. */
const personal =
  '^(user_id|actor|real_actor|session|session_id|requested_by|recipient|address|ip_address|user_agent)$|_by$|(^|_)(email|phone|user)(_|$)';

/**
 * Reads the catalogue and says which columns refer to users (a foreign key to `users`, or a name that says so) without
 * anybody having decided what erasing an account does to them, and which decisions are about columns that are gone.
 *
 * @returns one sentence per fault; none when all is well
 */
export async function referenceFaults(client: pg.ClientBase, kind: 'control' | 'tenant'): Promise<string[]> {
  const decided = kind === 'control' ? control : tenant;
  const { rows } = await client.query<{ name: string; suspect: boolean }>(
    `select c.relname || '.' || a.attname as name,
            a.attname ~ $1 or exists (
              select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and a.attnum = any(f.conkey)
                 and f.confrelid = to_regclass('public.users')) as suspect
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
    [personal],
  );
  const known = new Set(rows.map(({ name }) => name));
  return [
    ...rows
      .filter(({ name, suspect }) => suspect && !(name in decided))
      .map(({ name }) => `${name}: say in features/privacy/server/references.ts what erasing an account does to it.`),
    ...Object.keys(decided)
      .filter((name) => !known.has(name))
      .map((name) => `${name}: decided, but there is no such column.`),
  ];
}

/** Columns in which an erased user's id may still stand. */
export function keepsIds(kind: 'control' | 'tenant', column: string): boolean {
  return (kind === 'control' ? control : tenant)[column] === 'id';
}
