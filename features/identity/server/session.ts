import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#platform/contract/errors.ts';
import type { Auth } from './auth.ts';

/** Calls an endpoint of Better Auth as a browser would, its rate limits included. */
async function call(
  auth: Auth,
  request: FastifyRequest,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<Response> {
  const base = auth.options.baseURL;
  const headers = new Headers({ origin: base, 'x-holdfast-client': request.ip });
  if (request.headers.cookie) headers.set('cookie', request.headers.cookie);
  if (request.headers['user-agent']) headers.set('user-agent', request.headers['user-agent']);
  if (body !== undefined) headers.set('content-type', 'application/json');
  const response = await auth.handler(
    new Request(`${base}/auth${path}`, {
      method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
  if (response.status === 429)
    throw new AppError('rate_limited', { message: 'Too many attempts. Wait a minute and try again.' });
  if (response.status >= 500) throw new AppError('internal', { message: `Sign-in failed with ${response.status}.` });
  return response;
}

function passCookies(response: Response, reply: FastifyReply): void {
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
}

/** @throws AppError bad_credentials: the same words and the same work for an unknown address and a wrong password */
export async function signInWithPassword(
  auth: Auth,
  request: FastifyRequest,
  reply: FastifyReply,
  credentials: { email: string; password: string },
): Promise<void> {
  const email = credentials.email.toLowerCase();
  const response = await call(auth, request, 'POST', '/sign-in/email', { email, password: credentials.password });
  if (!response.ok) throw new AppError('bad_credentials', { message: 'The e-mail address or the password is wrong.' });
  passCookies(response, reply);
}

export async function requestSignInLink(auth: Auth, request: FastifyRequest, email: string): Promise<void> {
  await call(auth, request, 'POST', '/sign-in/magic-link', { email: email.toLowerCase() });
}

/** @throws AppError link_invalid for a used, expired or unknown token */
export async function signInWithLink(
  auth: Auth,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
): Promise<void> {
  const response = await call(auth, request, 'GET', `/magic-link/verify?token=${encodeURIComponent(token)}`);
  const failed = response.status >= 400 || (response.headers.get('location') ?? '').includes('error=');
  if (failed || response.headers.getSetCookie().length === 0) {
    throw new AppError('link_invalid', { message: 'This link was used already or has expired. Ask for a new one.' });
  }
  passCookies(response, reply);
}

export async function signOut(auth: Auth, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  passCookies(await call(auth, request, 'POST', '/sign-out', {}), reply);
}
