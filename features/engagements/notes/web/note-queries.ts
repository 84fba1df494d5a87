import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { notes, type Visibility } from '../contract.ts';

export const notesApi = createClient(notes);

/** Tables that a change of a note touches. */
export const noteTables = ['notes'];

/** The notes of an engagement that the reader may read, in their order. */
export const notesQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'notes', engagementId),
    queryFn: ({ signal }) => notesApi.list({ org, params: { id: engagementId } }, { signal }),
    meta: { alsoOn: ['engagements'] },
  });

export const removedNotesQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'notes', engagementId, 'removed'),
    queryFn: ({ signal }) => notesApi.listRemoved({ org, params: { id: engagementId } }, { signal }),
  });

export const visibilityWords: Readonly<Record<Visibility, string>> = {
  everyone: 'Crew too',
  team: 'Team',
  managers: 'Managers only',
};
