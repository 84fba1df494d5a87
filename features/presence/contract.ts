import { defineContract } from '#platform/contract/contract.ts';

/** Who looks at an engagement now. It has no routes: people meet on the live socket, and nothing is stored. */
export const presence = defineContract({ name: 'presence', permissions: {}, routes: {} });
