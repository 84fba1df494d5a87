import type { Services } from '#platform/http/services.ts';
import { linkMinutes, type LinkKind } from './mailed-tokens.ts';

type MailServices = Pick<Services, 'config' | 'mailer'>;

const links: Record<LinkKind, { subject: string; page: string; text: string }> = {
  sign_in: {
    subject: 'Your sign-in link for Holdfast',
    page: '/sign-in/link',
    text: 'Open this page and press the button to sign in.',
  },
  sign_up: {
    subject: 'Make your Holdfast account',
    page: '/sign-up/link',
    text: 'Open this page to choose a name and a password.',
  },
  change_email: {
    subject: 'Confirm your new e-mail address',
    page: '/account/email/link',
    text: 'Open this page and press the button; from then on you sign in with this address.',
  },
  reset_password: {
    subject: 'Choose a new password for Holdfast',
    page: '/reset-password/link',
    text: 'Open this page to choose a new password.',
  },
};

export async function mailLink({ config, mailer }: MailServices, kind: LinkKind, to: string, token: string) {
  const { subject, page, text } = links[kind];
  const url = `${config.origin}${page}?token=${encodeURIComponent(token)}`;
  const minutes = linkMinutes[kind] === 10 ? 'ten' : linkMinutes[kind];
  await mailer.send({
    to,
    subject,
    text: `${text} The link works once, for ${minutes} minutes.\n\n${url}\n\nIf you did not ask for it, nothing happens without you.\n`,
  });
}

/** Somebody wants to sign up with an address that has an account. */
export async function mailHasAccount({ config, mailer }: MailServices, to: string): Promise<void> {
  await mailer.send({
    to,
    subject: 'You have a Holdfast account',
    text: `Somebody asked for a new account with this address, which has one already. Sign in here, or ask for a new password there:\n\n${config.origin}/sign-in\n\nIf it was not you, nothing happens.\n`,
  });
}

export async function mailCode({ mailer }: MailServices, to: string, code: string): Promise<void> {
  await mailer.send({
    to,
    subject: `${code} is your Holdfast code`,
    text: `Enter this code to confirm that it is you: ${code}\n\nIt works once, for ten minutes. Give it to nobody. If you did not ask for it, change your password: somebody may be signed in as you.\n`,
  });
}

/** What happened to an account's security, for its holder. */
export async function mailNotice(
  { config, mailer }: MailServices,
  to: string,
  subject: string,
  what: string,
): Promise<void> {
  await mailer.send({
    to,
    subject,
    text: `${what}\n\nIf this was you, there is nothing to do. If not, sign in, end the other devices and choose a new password:\n\n${config.origin}/account\n`,
  });
}
