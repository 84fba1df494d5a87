import { invalid } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { wantAgain } from '#features/messaging/server/suppression.ts';
import type { NoticePreferences } from '../contract.ts';
import { noticeKinds, preferences, type mailTimes } from '../kinds.ts';

export async function getPreferences(tx: Tx, userId: string | undefined): Promise<NoticePreferences> {
  if (!userId) return preferencesFrom(new Map());
  const rows = await tx.query<{ kind: string; mail: (typeof mailTimes)[number] }>(
    'select kind, mail from notice_preferences where org_id = $1 and user_id = $2',
    [tx.scope.orgId, userId],
  );
  return preferencesFrom(new Map(rows.map(({ kind, mail }) => [kind, mail])));
}

/** Never, unless somebody said otherwise. */
function preferencesFrom(told: ReadonlyMap<string, (typeof mailTimes)[number]>): NoticePreferences {
  return preferences.parse(Object.fromEntries(noticeKinds.map((kind) => [kind, told.get(kind) ?? 'never'])));
}

export async function setPreferences(
  tx: Tx,
  control: Databases['control'],
  userId: string | undefined,
  mail: NoticePreferences,
): Promise<void> {
  const user =
    userId && (await control.selectFrom('users').select('email').where('id', '=', userId).executeTakeFirst());
  if (!user) throw invalid('mail', 'Only a signed-in person has notices, not a program.');
  await tx.query(
    `insert into notice_preferences (org_id, id, user_id, kind, mail)
     select $1, id, $2, kind, mail from unnest($3::uuid[], $4::text[], $5::text[]) as wanted (id, kind, mail)
     on conflict (org_id, user_id, kind) do update set mail = excluded.mail`,
    [tx.scope.orgId, userId, noticeKinds.map(() => uuidv7()), noticeKinds, noticeKinds.map((kind) => mail[kind])],
  );
  const wanted = new Set(Object.values(mail));
  if (wanted.has('now')) await wantAgain(tx, user.email, ['notice']);
  if (wanted.has('daily')) await wantAgain(tx, user.email, ['digest']);
}
