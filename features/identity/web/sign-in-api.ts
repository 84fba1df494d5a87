import { createClient } from '#platform/client/client.ts';
import { signIn } from '../sign-in-contract.ts';

/** Apart from `session.ts`, which the first page loads: whoever is inside needs none of it. */
export const signInApi = createClient(signIn);
