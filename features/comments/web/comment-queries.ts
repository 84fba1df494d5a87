import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { comments } from '../contract.ts';
import type { Subject } from '../subject-kinds.ts';

export const commentsApi = createClient(comments);

/** Tables that a comment touches. */
export const commentTables = ['comments'];

export interface CommentSubject {
  subject: Subject;
  subjectId: string;
}

/** What was said about one thing, oldest first. */
export const commentsQuery = (org: string, about: CommentSubject) =>
  queryOptions({
    queryKey: orgKey(org, 'comments', about.subject, about.subjectId),
    queryFn: ({ signal }) => commentsApi.list({ org, query: about }, { signal }),
  });

/** Who may be mentioned there. */
export const commentReadersQuery = (org: string, about: CommentSubject) =>
  queryOptions({
    queryKey: orgKey(org, 'memberships', 'comment-readers', about.subject, about.subjectId),
    queryFn: ({ signal }) => commentsApi.listReaders({ org, query: about }, { signal }),
    meta: { alsoOn: ['custom_roles', 'notes'] },
  });

/** Open threads of an engagement by what they are about. */
export const openThreadsQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'comments', 'open', engagementId),
    queryFn: ({ signal }) => commentsApi.countOpen({ org, params: { id: engagementId } }, { signal }),
    meta: { alsoOn: ['notes'] },
  });
