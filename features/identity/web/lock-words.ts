import { ApiError } from '#platform/client/client.ts';

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

/** A lock in the server's words, and by the reader's clock: until when. Other errors as they are. */
export function withUntil(error: unknown, now = Date.now()): unknown {
  if (!(error instanceof ApiError) || error.code !== 'sign_in_locked') return error;
  const { minutes } = error.problem;
  if (typeof minutes !== 'number') return error;
  const until = clock.format(now + minutes * 60_000);
  return new ApiError(error.status, { ...error.problem, detail: `${error.message} The lock ends at ${until}.` });
}
