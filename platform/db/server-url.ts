import path from 'node:path';
import { invalid } from '../contract/errors.ts';

/** Name of the database that a connection URL leads to. */
export function databaseNameIn(url: string): string {
  return decodeURIComponent(path.posix.basename(new URL(url).pathname)) || 'postgres';
}

/** The same server by another way: another database, another user. */
export function withParts(url: string, parts: { database: string; user?: string; password?: string }): string {
  const result = new URL(url);
  result.pathname = `/${encodeURIComponent(parts.database)}`;
  if (parts.user) result.username = encodeURIComponent(parts.user);
  if (parts.password) result.password = encodeURIComponent(parts.password);
  return result.href;
}

/**
 * What an operator gave as another server. (Node's own message and error object would repeat the text, with its
 * password, in every log that it passes.)
 *
 * @throws AppError invalid_input that doesn't repeat what was given
 */
export function parseServerUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.hostname === '' || url.username === '') {
    throw invalid('server', 'Give the server as postgres://user:password@host:5432, with a user who may create.');
  }
  return url.href;
}

/** `host:port`: what may be shown of a connection URL. */
export function hostOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname}:${port || '5432'}`;
}
