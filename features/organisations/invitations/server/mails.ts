import type { Caller } from '#platform/http/feature.ts';
import type { Services } from '#platform/http/services.ts';
import { invitationDays } from '../contract.ts';

/** The link opens a page; only its button accepts. */
export async function mailInvitation(
  { config, mailer, databases }: Pick<Services, 'config' | 'mailer' | 'databases'>,
  { userId, organisation }: Pick<Caller, 'userId' | 'organisation'>,
  { email, token, roleName }: { email: string; token: string; roleName: string },
): Promise<void> {
  const inviter = userId
    ? await databases.control.selectFrom('users').select('name').where('id', '=', userId).executeTakeFirst()
    : undefined;
  const url = `${config.origin}/invitation?token=${encodeURIComponent(token)}`;
  const invited = inviter ? `${inviter.name} invites you` : 'You are invited';
  await mailer.send({
    to: email,
    subject: `Join ${organisation.name} on Holdfast`,
    text: `${invited} to work with ${organisation.name} on Holdfast, as ${roleName}. Open this page to accept. The link works once, for ${invitationDays} days.\n\n${url}\n\nIf you don’t know ${organisation.name}, there is nothing to do: without you nothing happens.\n`,
  });
}
