import { useEffect, useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import type { Group } from '../contract.ts';
import { personalApi } from './personal-queries.ts';

/** After so long a value is masked again, in milliseconds: people leave their desks. */
const shownFor = 120_000;

type Values = Record<string, string | null>;
const nothing: { state: null; values: Values } = { state: null, values: {} };

/**
 * Values that the person in front of the screen asked to see. They live here only, for two minutes, and until somebody
 * changes them.
 *
 * @param state of the details: what it was revealed in, it is shown in
 */
export function useRevealed(org: string, id: string, group: Group, state: string | null | undefined) {
  const [shown, setShown] = useState<{ state: typeof state; values: Values }>(nothing);
  const values = shown.state === state ? shown.values : nothing.values;
  useEffect(() => {
    if (shown === nothing) return;
    const timer = setTimeout(() => setShown(nothing), shownFor);
    return () => clearTimeout(timer);
  }, [shown]);
  const ask = useMutation({ mutationFn: (fields: string[]) => reveal(org, id, group, fields) });
  return {
    values,
    busy: ask.isPending,
    /** Each call is a look that history keeps. */
    show: async (fields: string[]) => {
      const answer = await ask.mutateAsync(fields);
      setShown({ state, values: { ...values, ...answer.fields } });
      return answer;
    },
    hide: () => setShown(nothing),
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
