import * as z from 'zod';
import { listReaders } from '#features/comments/server/readers.ts';
import type { Subject } from '#features/comments/subject-kinds.ts';
import { actorNames } from '#features/identity/server/actor-names.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Services } from '#platform/http/services.ts';
import { task } from '#platform/jobs/task.ts';
import { tellReader } from './tell.ts';

interface About {
  subject: Subject;
  subjectId: string;
  engagementId: string | null;
  /** What it was said of. */
  title: string;
  engagement: string | null;
}

const noteSql = `select 'notes' as subject, n.id as "subjectId", n.engagement_id as "engagementId", n.title, e.title as engagement
  from notes n join engagements e on e.org_id = n.org_id and e.id = n.engagement_id
 where n.org_id = $1 and n.id = $2 and n.removed_at is null`;

const commentSql = `select c.subject, c.subject_id as "subjectId", c.engagement_id as "engagementId", c.mentioned,
       coalesce(n.title, t.title, e.title, '') as title, e.title as engagement
  from comments c
  left join engagements e on e.org_id = c.org_id and e.id = c.engagement_id
  left join notes n on c.subject = 'notes' and n.org_id = c.org_id and n.id = c.subject_id
  left join tasks t on c.subject = 'tasks' and t.org_id = c.org_id and t.id = c.subject_id
 where c.org_id = $1 and c.id = $2`;

/** Tells members that they are mentioned, once in each comment and each note, and never of what they may not see. */
export const mentionNotices = [
  task({
    name: 'notices.onCommentMention',
    on: 'comments.mentioned',
    payload: z.object({ commentId: z.uuid(), by: z.string() }),
    run: ({ services, tenant }, { commentId, by }) =>
      tenant(async (tx) => {
        const [about] = await tx.query<About & { mentioned: string[] }>(commentSql, [tx.scope.orgId, commentId]);
        if (about) await tell(tx, services, { about, by, userIds: about.mentioned, source: commentId });
      }),
  }),
  task({
    name: 'notices.onNoteMention',
    on: 'notes.mentioned',
    payload: z.object({ noteId: z.uuid(), userIds: z.array(z.string()), by: z.string() }),
    run: ({ services, tenant }, { noteId, userIds, by }) =>
      tenant(async (tx) => {
        const [about] = await tx.query<About>(noteSql, [tx.scope.orgId, noteId]);
        // A note's text says of itself whom it mentions: not all of it need be an account.
        const known = userIds.filter((id) => z.uuid().safeParse(id).success);
        if (about) await tell(tx, services, { about, by, userIds: known, source: noteId });
      }),
  }),
];

interface Mention {
  about: About;
  by: string;
  userIds: readonly string[];
  /** The comment or the note. */
  source: string;
}

async function tell(tx: Tx, services: Services, { about, by, userIds, source }: Mention): Promise<void> {
  const { subject, subjectId, engagementId, title, engagement } = about;
  const readers = await listReaders(tx, services, subject, subjectId, userIds);
  // Who mentions themselves knows.
  const told = readers.filter(({ id }) => by !== `user:${id}`);
  if (told.length === 0) return;
  const names = await actorNames(services.databases.control, tx.scope.orgId, [by]);
  const where = engagement && engagement !== title ? `“${title}” for ${engagement}` : title;
  for (const { id } of told) {
    await tellReader(tx, {
      userId: id,
      kind: 'mentioned',
      message: `${names.get(by) ?? 'Somebody'} mentions you in ${where}.`,
      engagementId,
      source: `mentioned:${source}`,
    });
  }
}
