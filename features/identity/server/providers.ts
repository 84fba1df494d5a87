import * as oidc from 'openid-client';
import type { Config } from '#platform/config.ts';
import { AppError } from '#platform/contract/errors.ts';
import type { OidcProvider } from '#platform/oidc-providers.ts';

/** What a provider said of itself is asked for again after so many milliseconds: keys and addresses change. */
const configurationAge = 3_600_000;
/** Seconds a provider has for an answer. */
const patience = 8;

/** Who somebody is at a provider. `subject` is theirs for ever; an address may be given to another person. */
export interface Stranger {
  provider: OidcProvider;
  issuer: string;
  subject: string;
  email: string | undefined;
  /** The provider vouches for the address. */
  emailVerified: boolean;
  name: string | undefined;
}

/** What the browser's flow remembers between leaving for a provider and coming back. */
export interface Departure {
  url: string;
  state: string;
  nonce: string;
  verifier: string;
}

/** The sign-in providers of the settings, by OpenID Connect: code flow with PKCE, state and nonce. */
export class Providers {
  readonly #config: Config;
  readonly #known = new Map<string, { configuration: Promise<oidc.Configuration>; until: number }>();

  constructor(config: Config) {
    this.#config = config;
  }

  list(): { id: string; name: string }[] {
    return this.#config.oidcProviders.map(({ id, name }) => ({ id, name }));
  }

  /** @throws AppError provider_unknown */
  require(id: string): OidcProvider {
    const provider = this.#config.oidcProviders.find((one) => one.id === id);
    if (!provider)
      throw new AppError('provider_unknown', { message: 'There is no such sign-in provider. Choose another way in.' });
    return provider;
  }

  /** @throws AppError provider_refused when the provider can't be reached */
  async depart(provider: OidcProvider): Promise<Departure> {
    const configuration = await this.#configurationOf(provider);
    const departure = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#returnUrl(provider),
      response_type: 'code',
      scope: provider.scopes,
      state: departure.state,
      nonce: departure.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(departure.verifier),
      code_challenge_method: 'S256',
    });
    return { ...departure, url: url.href };
  }

  /**
   * Verifies what the provider sent back: state, issuer, code, and the ID token with its signature and nonce.
   * @throws AppError provider_refused with the reason in words
   */
  async arrive(
    provider: OidcProvider,
    search: string,
    { state, nonce, verifier }: Omit<Departure, 'url'>,
  ): Promise<Stranger> {
    const configuration = await this.#configurationOf(provider);
    const back = new URL(this.#returnUrl(provider));
    back.search = search;
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, back, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('There is no ID token.');
      // Many providers keep the address out of the ID token.
      const asks = claims['email'] === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined;
      const about = asks
        ? { ...claims, ...(await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)) }
        : claims;
      return { provider, issuer: claims.iss, subject: claims.sub, ...describe(about) };
    } catch (error) {
      throw refusal(provider, error);
    }
  }

  /** A page of ours; it hands the query string to the API, so that opening the address changes nothing. */
  #returnUrl({ id }: OidcProvider): string {
    return `${this.#config.origin}/sign-in/with/${id}`;
  }

  async #configurationOf(provider: OidcProvider): Promise<oidc.Configuration> {
    const known = this.#known.get(provider.id);
    const now = Date.now();
    const entry =
      known && known.until > now ? known : { configuration: discover(provider), until: now + configurationAge };
    this.#known.set(provider.id, entry);
    try {
      return await entry.configuration;
    } catch (error) {
      this.#known.delete(provider.id);
      throw new AppError('provider_refused', {
        message: `${provider.name} can’t be reached at the moment. Try again later, or sign in in another way.`,
        cause: error,
      });
    }
  }
}

async function discover({ issuer, clientId, clientSecret }: OidcProvider): Promise<oidc.Configuration> {
  const url = new URL(issuer);
  const configuration = await oidc.discovery(url, clientId, clientSecret, undefined, {
    timeout: patience,
    // Plain HTTP is for providers on this machine only; the settings allow no other.
    execute: url.protocol === 'http:' ? [oidc.allowInsecureRequests] : [],
  });
  // The ID token's signature counts too, not only the connection that it came by.
  oidc.enableNonRepudiationChecks(configuration);
  return configuration;
}

function describe(claims: Record<string, unknown>): Pick<Stranger, 'email' | 'emailVerified' | 'name'> {
  const { email, name } = claims;
  return {
    email: typeof email === 'string' && email.length <= 254 ? email.toLowerCase() : undefined,
    emailVerified: claims['email_verified'] === true,
    name: typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 200) : undefined,
  };
}

function refusal({ name }: OidcProvider, cause: unknown): AppError {
  const denied = cause instanceof oidc.AuthorizationResponseError && cause.error === 'access_denied';
  const message = denied
    ? `You stopped signing in at ${name}. Try again, or sign in in another way.`
    : `Signing in with ${name} did not work: its answer could not be verified. Begin again from the sign-in page.`;
  return new AppError('provider_refused', { message, cause });
}
