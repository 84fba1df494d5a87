import { createClient } from '#platform/client/client.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { forms } from '../../contract.ts';
import { proofSeed, tryProofs } from '../../proof-rules.ts';
import { pageToken } from '../page-token.ts';

/** What a page sends, and where to. */
export interface Filled {
  org: string;
  slug: string;
  token: string;
  proof: string;
  homepage: string;
  answers: Record<string, unknown>;
}

export function proofOf(token: string): string {
  return tryProofs(proofSeed(token), 0, 10_000_000) ?? '';
}

/** A running server, and the organisation whose forms are filled in. */
export interface Target {
  baseUrl: string;
  app: { services: { config: { secret: string } } };
  org: { id: string };
}

/** As the page itself does it, a minute after it was opened. @param token another one than that of such a page */
export async function goodSubmission(
  { baseUrl, app, org: known }: Target,
  org: string,
  slug: string,
  answers: Record<string, unknown>,
  token?: string,
): Promise<Filled> {
  const read = await createClient(forms, { baseUrl }).read({ params: { org, slug } });
  const [, formId = ''] = read.token.split('.');
  const page = { id: uuidv7(), formId, revision: read.revision, issuedAt: Date.now() - 60_000 };
  const used = token ?? pageToken(app.services.config.secret, known.id, page);
  return { org, slug, token: used, proof: proofOf(used), homepage: '', answers };
}

export interface Answered {
  status: number;
  body: { code?: string; statusPath?: string | null; fields?: { field: string; message: string }[] };
}

/** From an address of its own each time, so that no other test’s count. */
export function filledIn(app: Target, filled: Filled): Promise<Answered> {
  const part = () => Math.floor(Math.random() * 250) + 1;
  return sendFrom(app, `10.${part()}.${part()}.${part()}`, filled);
}

export async function sendFrom({ baseUrl }: Target, address: string, filled: Filled): Promise<Answered> {
  const { org, slug, ...body } = filled;
  const response = await fetch(`${baseUrl}/api/v1/forms/${org}/${slug}/submissions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}
