import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { personalDetails, type Group, type MaskedDetails } from '../contract.ts';

export const personalApi = createClient(personalDetails);

/** Which of a group are known. Values are never kept among the answers: they are revealed for a look. */
export const maskedQuery = (org: string, id: string, group: Group) =>
  queryOptions({
    queryKey: orgKey(org, 'personal_details', group, id),
    queryFn: ({ signal }): Promise<MaskedDetails> => {
      const request = { org, params: { id } };
      return group === 'emergency'
        ? personalApi.getEmergency(request, { signal })
        : personalApi.getIdentity(request, { signal });
    },
  });
