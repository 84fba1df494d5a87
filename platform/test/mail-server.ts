import { SMTPServer } from 'smtp-server';

export interface MailServer {
  /** For an app that sends by it. */
  settings: { SMTP_URL: string; MAIL_FROM: string };
  /** What it took, the newest last. */
  letters: string[];
  close: () => Promise<void>;
}

/** @param refusal why it doesn't take the letter that comes; asked for each */
export async function startMailServer(refusal: () => Error | null = () => null): Promise<MailServer> {
  const letters: string[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_, __, done) => done(refusal()),
    onData(stream, _, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        letters.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const address = smtp.server.address();
  if (!address || typeof address === 'string') throw new Error('No port.');
  return {
    settings: { SMTP_URL: `smtp://127.0.0.1:${address.port}`, MAIL_FROM: 'Holdfast <mail@holdfast.example>' },
    letters,
    close: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
}
