import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Policy } from '../contract/access.ts';
import type { Sealer } from '../crypto/seal.ts';
import type { Databases } from '../db/databases.ts';
import type { FileServices } from '../files/open-files.ts';
import type { Rooms } from '../live/rooms.ts';
import type { Caller, Identity } from './feature.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Decides who asks and what they are in an organisation; the identity feature implements it. */
export interface Authenticator {
  /** @returns undefined when the request carries no valid credential. */
  identify(request: FastifyRequest): Promise<Identity | undefined>;
  /** @param org slug or id. @returns undefined when there is no such organisation, or not for this identity. */
  callerIn(identity: Identity, org: string): Promise<Caller | undefined>;
  /** After a change of roles or sessions in this process: it counts at once. Others learn of it within two seconds. */
  forget(): void;
  /** The organisation's id by its slug or id, whoever asks; undefined when there is none. */
  organisationId(org: string): Promise<string | undefined>;
  /**
   * Signs a user in: their session and its cookie. Pending where they have a second factor, which must follow.
   * Whoever calls it has made sure that this is the user.
   */
  openSession(
    userId: string,
    way: 'invitation',
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ pending: boolean }>;
}

export interface Mail {
  to: string;
  subject: string;
  text: string;
  /** Nothing of it stays once it is sent or given up. Without SMTP it is not written at all. */
  forget?: boolean;
}

/** A mail in its final form, from an organisation to one reader. */
export interface Letter {
  /** Display name over the installation's address. */
  fromName: string;
  replyTo: string | null;
  to: { name: string; address: string };
  subject: string;
  html: string;
  text: string;
  /** The same for each try, so that the reader's program can see that two are one. Without angle brackets. */
  messageId: string;
  headers: Readonly<Record<string, string>>;
  /** iCalendar text. */
  calendar: string | null;
}

/** Where mail goes. */
export interface Mailer {
  /** A row in the outbox first, so that it survives a crash. */
  send(mail: Mail): Promise<void>;
  /** False where the installation has no mail server. */
  readonly delivers: boolean;
  /** Address that mail comes from. */
  readonly address: string;
  /**
   * Hands one letter to the mail server; the caller keeps it until then, and tries again.
   * @throws {MailRefused} when the server, or this one letter, says no
   */
  post(letter: Letter): Promise<void>;
}

/** What every handler and job may use besides its transaction. */
export interface Services {
  config: Config;
  databases: Databases;
  log: Logger;
  mailer: Mailer;
  files: FileServices;
  /** For columns that hold restricted data. */
  sealer: Sealer;
  authenticator: Authenticator;
  /** Who looks at the same thing now. */
  rooms: Rooms;
  /** What each role may. */
  policy: Policy;
}
