import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import * as z from 'zod';
import type { Config } from '#platform/config.ts';
import { AppError } from '#platform/contract/errors.ts';
import type { Services } from '#platform/http/services.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { newPasskey, usedPasskey } from '../sign-in-contract.ts';
import { beginFlow, endFlow } from './flows.ts';

export type NewPasskey = z.output<typeof newPasskey>;
export type UsedPasskey = z.output<typeof usedPasskey>;

/** Signatures that authenticators make (COSE): Ed25519, ES256, RS256. */
const algorithms = [-8, -7, -257];

const challengeOf = z.object({ challenge: z.string() });

interface Holder {
  id: string;
  name: string;
  email: string;
}

/** Options for `navigator.credentials.create`: a passkey that finds its user by itself and verifies its holder. */
export async function offerNewPasskey(services: Services, reply: FastifyReply, user: Holder) {
  const known = await services.databases.control
    .selectFrom('passkeys')
    .select(['credential_id as id', 'transports'])
    .where('user_id', '=', user.id)
    .execute();
  const options = await generateRegistrationOptions({
    rpName: 'Holdfast',
    rpID: domainOf(services.config),
    userID: handleBytes(user.id),
    userName: user.email,
    userDisplayName: user.name,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: known,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await beginFlow(services, reply, 'new_passkey', { challenge: options.challenge }, user.id);
  return { ...options };
}

/** @returns its id. @throws AppError passkey_refused */
export async function addPasskey(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  userId: string,
  { name, response }: { name: string; response: NewPasskey },
): Promise<string> {
  const flow = await endFlow(services, request, reply, 'new_passkey', challengeOf);
  if (!flow || flow.userId !== userId) throw refused('The passkey took too long. Begin again.');
  const { clientDataJSON, attestationObject, transports = [] } = response.response;
  const made = await verified(() =>
    verifyRegistrationResponse({
      ...expectations(services.config, request, flow.data.challenge),
      supportedAlgorithmIDs: algorithms,
      response: { ...identityOf(response), response: { clientDataJSON, attestationObject, transports } },
    }),
  );
  const { credential, credentialBackedUp } = made?.registrationInfo ?? {};
  if (!made?.verified || !credential) throw refused('This passkey could not be verified. Begin again.');
  const id = uuidv7();
  const added = await services.databases.control
    .insertInto('passkeys')
    .values({
      id,
      user_id: userId,
      name,
      credential_id: credential.id,
      public_key: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports,
      backed_up: credentialBackedUp ?? false,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) throw refused('This passkey is known already.');
  return id;
}

/** Options for `navigator.credentials.get`. Without a user anybody's passkey will do. */
export async function offerPasskey(
  services: Services,
  reply: FastifyReply,
  kind: 'passkey' | 'step_up_passkey',
  userId: string | null = null,
) {
  const known = userId
    ? await services.databases.control
        .selectFrom('passkeys')
        .select('credential_id as id')
        .where('user_id', '=', userId)
        .execute()
    : [];
  const options = await generateAuthenticationOptions({
    rpID: domainOf(services.config),
    userVerification: 'required',
    allowCredentials: known,
  });
  await beginFlow(services, reply, kind, { challenge: options.challenge }, userId);
  return { ...options };
}

/** Verifies a passkey against this browser's challenge. @returns its user. @throws AppError passkey_refused */
export async function usePasskey(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: 'passkey' | 'step_up_passkey',
  response: UsedPasskey,
): Promise<string> {
  const { control } = services.databases;
  const flow = await endFlow(services, request, reply, kind, challengeOf);
  if (!flow) throw refused('The passkey took too long. Try again.');
  const known = await control
    .selectFrom('passkeys')
    .select(['id', 'user_id', 'credential_id', 'public_key', 'counter'])
    .where('credential_id', '=', response.id)
    .executeTakeFirst();
  if (!known || (flow.userId !== null && flow.userId !== known.user_id)) throw unknownPasskey();
  const { clientDataJSON, authenticatorData, signature, userHandle } = response.response;
  if (userHandle !== undefined && userHandle !== Buffer.from(handleBytes(known.user_id)).toString('base64url'))
    throw unknownPasskey();
  const used = await verified(() =>
    verifyAuthenticationResponse({
      ...expectations(services.config, request, flow.data.challenge),
      credential: {
        id: known.credential_id,
        publicKey: new Uint8Array(known.public_key),
        counter: known.counter,
      },
      response: { ...identityOf(response), response: { clientDataJSON, authenticatorData, signature } },
    }),
  );
  if (!used?.verified) throw unknownPasskey();
  await moveCounter(services, known.id, used.authenticationInfo.newCounter);
  return known.user_id;
}

/** A counter that doesn't grow is that of a copy. Passkeys kept in a cloud don't count: 0 stays 0. */
async function moveCounter({ databases }: Services, id: string, counter: number): Promise<void> {
  const moved = await databases.control
    .updateTable('passkeys')
    .set({ counter, last_used_at: sql<string>`now()` })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('counter', '<', counter), eb(eb.val(counter), '=', 0).and('counter', '=', 0)]))
    .returning('id')
    .executeTakeFirst();
  if (!moved) throw unknownPasskey();
}

function expectations(config: Config, request: FastifyRequest, expectedChallenge: string) {
  const expectedRPID = domainOf(config);
  // On the machine itself the port may be another one than the configured.
  const local = expectedRPID === 'localhost' && request.hostname === 'localhost' ? [`http://${request.host}`] : [];
  return { expectedChallenge, expectedRPID, expectedOrigin: [config.origin, ...local], requireUserVerification: true };
}

/** What the library needs of either kind; extensions are not used. */
function identityOf({ id, rawId, type }: Pick<UsedPasskey, 'id' | 'rawId' | 'type'>) {
  return { id, rawId, type, clientExtensionResults: {} };
}

function domainOf({ origin }: Config): string {
  return new URL(origin).hostname;
}

/** How authenticators name the user: the bytes of the id, which say nothing about the person. */
function handleBytes(userId: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(userId.replaceAll('-', ''), 'hex'));
}

/** The library throws for whatever is wrong with a response, and for what it can't read. */
async function verified<T>(verify: () => Promise<T>): Promise<T | undefined> {
  try {
    return await verify();
  } catch {
    return undefined;
  }
}

function refused(message: string): AppError {
  return new AppError('passkey_refused', { message });
}

export function unknownPasskey(): AppError {
  return refused('This passkey is not known here. Choose another one, or sign in in another way.');
}
