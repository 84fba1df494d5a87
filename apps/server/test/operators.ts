import { addPerson, type Person } from './people.ts';
import type { TestApp } from './test-app.ts';

/** Somebody who runs the installation, signed in with a second factor unless told otherwise. */
export async function addOperator(app: TestApp, factor: 'totp' | 'passkey' | null = 'totp'): Promise<Person> {
  const person = await addPerson(app, { name: 'Opal Operator' });
  const { control } = app.databases;
  await control.updateTable('users').set({ operator: true }).where('id', '=', person.userId).execute();
  await control.updateTable('sessions').set({ factor, pending: false }).where('user_id', '=', person.userId).execute();
  // What was remembered of them.
  app.app.services.authenticator.forget();
  return person;
}
