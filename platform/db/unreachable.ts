import pg from 'pg';

/**
 * Connection-level failures: nothing answered, the server is going down or coming up, or it doesn't let the
 * app in any more. Too many connections (53300) count here too, but say nothing about the server's health.
 */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/.test(code) ||
    /^(57P0[123]|08\d\d\d|53300|3D000|28[0-9A-Z]{3})$/.test(code) ||
    /Connection terminated|connection timeout|timeout exceeded when trying to connect|not queryable/.test(error.message)
  );
}

const meanings: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name is not known',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its network cannot be reached',
  '28P01': 'it refused the user or the password',
  '28000': 'it refused the user',
  '3D000': 'the database does not exist there',
  '42501': 'the user needs the rights CREATEDB and CREATEROLE',
  '53300': 'it has no connection to spare',
  '57P01': 'it is shutting down',
  '57P03': 'it is starting up',
};

/** Why a server or database could not be used, for people: never a connection string. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const meaning = meanings[code];
  if (meaning) return meaning;
  if (error instanceof pg.DatabaseError) return withoutUrls(error.message);
  if (isUnreachable(error)) return 'it does not answer';
  return withoutUrls(error instanceof Error ? error.message : String(error));
}

/** Texts of others may quote what they were given. */
export function withoutUrls(text: string): string {
  return text.replace(/postgres(ql)?:\/\/\S+/gi, 'postgres://…');
}
