/** What can be commented on, by its table. A new one is a line here and one in server/subjects.ts. */
export const subjects = ['engagements', 'notes', 'tasks'] as const;
export type Subject = (typeof subjects)[number];
