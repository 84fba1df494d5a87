import { useEffect, useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import type { Group } from '../contract.ts';
import { personalApi } from './personal-queries.ts';

/** After so long a value is masked again, in milliseconds: people leave their desks. */
const shownFor = 120_000;

type Values = Record<string, string | null>;

/** Values that the person in front of the screen asked to see. They live here only, and for two minutes. */
export function useRevealed(org: string, id: string, group: Group) {
  const [values, setValues] = useState<Values>({});
  useEffect(() => {
    if (Object.keys(values).length === 0) return;
    const timer = setTimeout(() => setValues({}), shownFor);
    return () => clearTimeout(timer);
  }, [values]);
  const ask = useMutation({ mutationFn: (fields: string[]) => reveal(org, id, group, fields) });
  return {
    values,
    busy: ask.isPending,
    /** Each call is a look that history keeps. */
    show: async (fields: string[]) => {
      const answer = await ask.mutateAsync(fields);
      setValues((before) => ({ ...before, ...answer.fields }));
      return answer;
    },
    hide: () => setValues({}),
  };
}

/** Fields that the group doesn't have are passed over. */
async function reveal(org: string, id: string, group: Group, fields: readonly string[]) {
  const request = { org, params: { id } };
  return group === 'emergency'
    ? personalApi.revealEmergency({ ...request, body: { fields: known(fields, emergencyNames) } })
    : personalApi.revealIdentity({ ...request, body: { fields: known(fields, identityNames) } });
}

const emergencyNames = ['emergencyName', 'emergencyPhone', 'emergencyRelation', 'healthNote'] as const;
const identityNames = ['legalName', 'birthDate', 'taxNumber', 'accountHolder', 'account', 'bankCode'] as const;

function known<const N extends string>(fields: readonly string[], names: readonly N[]): N[] {
  return names.filter((name) => fields.includes(name));
}
