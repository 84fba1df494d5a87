import nodemailer, { type Transporter } from 'nodemailer';
import * as z from 'zod';
import type { Config } from '../config.ts';
import type { Letter } from '../http/services.ts';

/** For one letter altogether, in milliseconds: who sends it counts on an answer within a minute. */
const patience = 40_000;

/** The mail server did not take a letter. */
export class MailRefused extends Error {
  /** Trying again can't help. */
  readonly permanent: boolean;
  /** There is no such mailbox. */
  readonly unknownAddress: boolean;
  constructor(message: string, permanent: boolean, unknownAddress: boolean, cause: unknown) {
    super(message, { cause });
    this.name = 'MailRefused';
    this.permanent = permanent;
    this.unknownAddress = unknownAddress;
  }
}

/** What Nodemailer's errors carry. */
const smtpError = z.object({ message: z.string(), code: z.string().optional(), responseCode: z.number().optional() });

/** Hands letters to the mail server over connections that stay open between them. */
export class LetterPost {
  /** The address of `MAIL_FROM`. */
  readonly address: string;
  readonly #url: string | undefined;
  #transport: Transporter | undefined;

  constructor({ smtpUrl, mailFrom }: Pick<Config, 'smtpUrl' | 'mailFrom'>) {
    this.#url = smtpUrl;
    this.address = (/<([^<>]+)>\s*$/.exec(mailFrom)?.[1] ?? mailFrom).trim();
  }

  /** @throws {MailRefused} */
  async send(letter: Letter): Promise<void> {
    for (const value of [letter.subject, letter.fromName, letter.to.name, letter.to.address, letter.replyTo ?? '']) {
      if (/\p{Cc}/u.test(value)) throw new MailRefused('A mail header must be one line.', true, false, undefined);
    }
    const { fromName, replyTo, to, calendar, messageId, headers, subject, html, text } = letter;
    let late: NodeJS.Timeout | undefined;
    try {
      await Promise.race([
        this.#open().sendMail({
          from: { name: fromName, address: this.address },
          to,
          ...(replyTo && { replyTo }),
          ...(calendar && { icalEvent: { method: 'PUBLISH', content: calendar } }),
          messageId: `<${messageId}>`,
          headers: { ...headers },
          subject,
          html,
          text,
        }),
        new Promise((_, reject) => {
          late = setTimeout(() => reject(new Error('The mail server did not answer in time.')), patience);
        }),
      ]);
    } catch (error) {
      throw refusalOf(error);
    } finally {
      clearTimeout(late);
    }
  }

  close(): void {
    this.#transport?.close();
    this.#transport = undefined;
  }

  #open(): Transporter {
    const limits = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
    if (!this.#url) throw new Error('There is no mail server.');
    return (this.#transport ??= nodemailer.createTransport({
      url: this.#url,
      pool: true,
      maxConnections: 4,
      // A template is text: nothing of a letter is ever read from a file or fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
      ...limits,
    }));
  }
}

function refusalOf(error: unknown): MailRefused {
  const { data } = smtpError.safeParse(error);
  const message = data?.message ?? String(error);
  const { code, responseCode = 0 } = data ?? {};
  // 5xx is for good (RFC 5321, 4.2.1), unless it was us who could not sign in.
  const permanent = responseCode >= 500 && code !== 'EAUTH';
  // X.1.x is about the address (RFC 3463, 3.2); a bare 550 may just as well be a judgement of the letter.
  return new MailRefused(message, permanent, permanent && /\b5\.1\.\d/.test(message), error);
}
