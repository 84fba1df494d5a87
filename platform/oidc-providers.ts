import * as z from 'zod';

/** A sign-in provider as `HOLDFAST_OIDC` lists it. */
const provider = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, { error: 'Use small letters, digits and hyphens.' }),
  name: z.string().min(1).max(60),
  issuer: z.url().refine(isSafe, { error: 'Must be an https: address (http: for localhost only).' }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  scopes: z.string().default('openid email profile'),
  /** Whoever this provider says has an address is let into the account with that address. */
  trustEmail: z.boolean().default(false),
});

export type OidcProvider = z.output<typeof provider>;

const providers = z
  .array(provider)
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, { error: 'Two providers have one id.' });

/** @throws {Error} that names what is wrong, never a secret */
export function readOidcProviders(text: string | undefined): OidcProvider[] {
  if (text === undefined || text.trim() === '') return [];
  const parsed = providers.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.') || 'the list'}: ${message}`);
  throw new Error(`HOLDFAST_OIDC must be a JSON list of providers:\n${lines.join('\n')}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSafe(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}
