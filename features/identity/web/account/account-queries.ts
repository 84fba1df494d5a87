import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import { createClient } from '#platform/client/client.ts';
import { account } from '../../account-contract.ts';

export const accountApi = createClient(account);

export type Account = z.output<typeof account.routes.get.output>;
export type Passkey = Account['passkeys'][number];
export type Device = z.output<typeof account.routes.listDevices.output>['items'][number];

export const accountQuery = queryOptions({
  queryKey: ['account', 'ways'],
  queryFn: ({ signal }) => accountApi.get({}, { signal }),
});

/** No live connection follows an account: the list asks again, and so notices that this device was signed out. */
const devicesAgain = 4_000;

export const devicesQuery = queryOptions({
  queryKey: ['account', 'devices'],
  queryFn: ({ signal }) => accountApi.listDevices({}, { signal }),
  refetchInterval: devicesAgain,
});

export const signInsQuery = infiniteQueryOptions({
  queryKey: ['account', 'sign-ins'],
  queryFn: ({ signal, pageParam }) =>
    accountApi.listSignIns({ query: { limit: 10, ...(pageParam && { before: pageParam }) } }, { signal }),
  initialPageParam: '',
  getNextPageParam: (last) => last.next,
});

/** A change of one's own account; what shows it is asked for again. */
export function useAccountChange<Input, Output>(write: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['account'] });
      void queries.invalidateQueries({ queryKey: ['me'] });
    },
  });
}

/** An account has no place of its own: its times are read by the clock of the device. */
export const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
