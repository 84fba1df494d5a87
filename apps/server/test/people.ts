import type { HeldRole } from '#platform/contract/contract.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { createUser } from '#features/identity/server/commands.ts';
import type { TestApp, TestOrganisation } from './test-app.ts';

/** Somebody with an account, signed in. */
export interface Person {
  userId: string;
  email: string;
  password: string;
  /** Value of a Cookie header. */
  cookie: string;
}

const password = 'correct horse battery';

/** A new account, signed in by its password; a member of an organisation when a role is given. */
export async function addPerson(
  app: TestApp,
  options: { role?: HeldRole; customRoleId?: string; org?: TestOrganisation; name?: string } = {},
): Promise<Person> {
  const { role, customRoleId = null, org = app.org, name = role ?? 'Somebody' } = options;
  const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-${uuidv7()}@example.com`;
  const { control } = app.databases;
  const userId = await createUser(control, { name, email, password });
  if (role) {
    await control
      .insertInto('memberships')
      .values({ organisation_id: org.id, user_id: userId, role, custom_role_id: customRoleId })
      .execute();
  }
  return { userId, email, password, cookie: await signIn(app, email) };
}

/** @returns the Cookie header of a new session */
export async function signIn({ baseUrl, databases }: TestApp, email: string): Promise<string> {
  await forgetAttempts(databases);
  const response = await fetch(`${baseUrl}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`Signing in failed: ${await response.text()}`);
  const pairs = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  return pairs.join('; ');
}

/** Tests sign in more often, and from one address, than people do. */
export async function forgetAttempts({ control }: TestApp['databases']): Promise<void> {
  await control.deleteFrom('auth_rate_limits').execute();
  await control.deleteFrom('sign_in_locks').execute();
}
