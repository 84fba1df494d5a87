import { sql } from 'kysely';
import nodemailer, { type Transporter } from 'nodemailer';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Databases } from '../db/databases.ts';
import { uuidv7 } from '../db/uuid.ts';
import type { Letter, Mail, Mailer } from '../http/services.ts';
import { LetterPost } from './letter-post.ts';

const attemptsAtMost = 8;
const keptDays = 30;

/** Rows in `outgoing_mails`; sent over SMTP where that is set, kept for the operator to read where not. */
export class OutboxMailer implements Mailer {
  readonly #config: Config;
  readonly #databases: Databases;
  readonly #log: Logger;
  readonly #post: LetterPost;
  #timer: NodeJS.Timeout | undefined;

  constructor(config: Config, databases: Databases, log: Logger) {
    this.#post = new LetterPost(config);
    this.#config = config;
    this.#databases = databases;
    this.#log = log;
  }

  async send({ to, subject, text, forget = false }: Mail): Promise<void> {
    const headers = [to, subject];
    if (headers.some((header) => /[\r\n]/.test(header))) throw new Error('A mail header must be one line.');
    // It would wait for an operator to read it, and keep what is to be forgotten.
    if (forget && !this.#config.smtpUrl) return;
    await this.#databases.control
      .insertInto('outgoing_mails')
      .values({ id: uuidv7(), recipient: to, subject, body: text, forget })
      .execute();
    if (this.#timer) void this.deliver();
  }

  get delivers(): boolean {
    return this.#config.smtpUrl !== undefined;
  }

  get address(): string {
    return this.#post.address;
  }

  post(letter: Letter): Promise<void> {
    return this.#post.send(letter);
  }

  /** Sends what waits, now and every ten seconds, when SMTP is set. */
  start(): void {
    if (!this.#config.smtpUrl) return;
    this.#timer = setInterval(() => void this.deliver(), 10_000);
    this.#timer.unref();
    void this.deliver();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#post.close();
  }

  /** Each waiting mail once; failures wait longer each time. Several processes may call it at once. */
  async deliver(): Promise<void> {
    const transport = nodemailer.createTransport(this.#config.smtpUrl);
    try {
      while (await this.#deliverOne(transport));
      await this.#forgetOld();
    } catch (error) {
      this.#log.warn({ err: error }, 'mail delivery failed');
    } finally {
      transport.close();
    }
  }

  /** Mails that were sent are kept for a while, to look into complaints, and no longer: they name people. */
  async #forgetOld(): Promise<void> {
    await this.#databases.control
      .deleteFrom('outgoing_mails')
      .where('sent_at', '<', sql<string>`now() - ${keptDays} * interval '1 day'`)
      .execute();
  }

  #deliverOne(transport: Transporter): Promise<boolean> {
    return this.#databases.control.transaction().execute(async (trx) => {
      const mail = await trx
        .selectFrom('outgoing_mails')
        .selectAll()
        .where('sent_at', 'is', null)
        // By the database's clock, which set it: ours is cut to milliseconds and would miss a mail of this very one.
        .where('next_attempt_at', '<=', sql<string>`now()`)
        .where('attempts', '<', attemptsAtMost)
        .orderBy('next_attempt_at')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      if (!mail) return false;
      const update = trx.updateTable('outgoing_mails').where('id', '=', mail.id);
      const remove = trx.deleteFrom('outgoing_mails').where('id', '=', mail.id);
      try {
        await transport.sendMail({
          from: this.#config.mailFrom,
          to: mail.recipient,
          subject: mail.subject,
          text: mail.body,
        });
        if (mail.forget) await remove.execute();
        else {
          const sent_at = new Date().toISOString();
          await update.set({ sent_at, attempts: mail.attempts + 1, body: withoutTokens(mail.body) }).execute();
        }
      } catch (error) {
        const wait = 15_000 * 2 ** mail.attempts;
        const next_attempt_at = new Date(Date.now() + wait).toISOString();
        if (mail.forget && mail.attempts + 1 >= attemptsAtMost) await remove.execute();
        else await update.set({ attempts: mail.attempts + 1, last_error: String(error), next_attempt_at }).execute();
      }
      return true;
    });
  }
}

/** What opens something is its reader's alone once it has gone out; elsewhere only hashes of it are kept. */
function withoutTokens(body: string): string {
  return body.replaceAll(/([?&]token=)[^\s&]+/g, '$1…');
}
