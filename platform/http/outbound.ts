import dns from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, errors, request, type buildConnector } from 'undici';
import { isPublicAddress, isPublicName } from './outbound-addresses.ts';

/**
 * The address may not be fetched (`refused`), or fetching it failed (`failed`). The message is for the
 * person who gave the address, and tells nothing about our network.
 */
export class OutboundError extends Error {
  readonly reason: 'refused' | 'failed';
  constructor(reason: 'refused' | 'failed', message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'OutboundError';
    this.reason = reason;
  }
}

export interface OutboundOptions {
  /** What is asked for, as an `accept` header. */
  accept: string;
  /** Largest answer, in bytes. */
  maxBytes: number;
  /** For everything together: name, connection, answer. In milliseconds. */
  timeout: number;
  signal?: AbortSignal;
}

/** The network that `fetchPublicText` goes through; tests give another one. */
export interface Network {
  /** Addresses of a name, as the resolver gives them. */
  resolve(host: string): Promise<string[]>;
  isPublic(address: string): boolean;
  /** Opens the connection; undici's TLS unless told. */
  connector?: buildConnector.connector;
}

const internet: Network = {
  resolve: async (host) => (await dns.lookup(host, { all: true, verbatim: true })).map(({ address }) => address),
  isPublic: isPublicAddress,
};

/**
 * Fetches text from an address that a user gave: https only (webcal counts as https), public addresses
 * only. The name is resolved once, every address it has must be public, and the connection goes to
 * these and no other, so a name that changes between check and use gains nothing. Redirects aren't
 * followed: they would need the same checks for no calendar that we know of.
 *
 * @throws {OutboundError} refused or failed, in words for the user
 */
export async function fetchPublicText(
  address: string,
  options: OutboundOptions,
  network: Network = internet,
): Promise<string> {
  const url = publicUrl(address);
  const deadline = AbortSignal.timeout(options.timeout);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
  const addresses = await publicAddresses(url, network, signal);
  const agent = new Agent({
    connect: network.connector ?? { lookup: pinned(addresses), timeout: options.timeout },
    headersTimeout: options.timeout,
    bodyTimeout: options.timeout,
  });
  try {
    return await readText(url, agent, options, signal);
  } catch (error) {
    throw asOutboundError(error, url, signal);
  } finally {
    // Not `close`: an answer that was cut off would keep it waiting.
    await agent.destroy();
  }
}

/** The address as it would be fetched. @throws {OutboundError} refused */
export function publicUrl(address: string): URL {
  const text = address.trim().replace(/^webcal:\/\//i, 'https://');
  if (!URL.canParse(text))
    throw new OutboundError('refused', 'This is not an address. It should begin with https:// or webcal://.');
  const url = new URL(text);
  if (url.protocol !== 'https:') throw new OutboundError('refused', 'Only https and webcal addresses are fetched.');
  if (url.username || url.password)
    throw new OutboundError('refused', 'Leave user name and password out of the address.');
  // URL has already turned decimal, octal, hexadecimal and full-width forms of IPv4 into the usual one.
  const host = hostOf(url);
  if (isIP(host) ? !isPublicAddress(host) : !isPublicName(host)) throw notPublic();
  url.hash = '';
  return url;
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

function notPublic(): OutboundError {
  return new OutboundError('refused', 'This address does not lie in the public Internet.');
}

async function publicAddresses(url: URL, network: Network, signal: AbortSignal): Promise<string[]> {
  const host = hostOf(url);
  const addresses = isIP(host) ? [host] : await resolved(host, network, signal);
  if (addresses.length === 0) throw new OutboundError('failed', `The name ${host} is not known.`);
  if (!addresses.every((address) => network.isPublic(address))) throw notPublic();
  return addresses;
}

/** The resolver itself can't be stopped, but need not be waited for. */
async function resolved(host: string, network: Network, signal: AbortSignal): Promise<string[]> {
  const gaveUp = Promise.withResolvers<never>();
  const giveUp = () => gaveUp.reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([network.resolve(host), gaveUp.promise]);
  } catch (error) {
    throw new OutboundError('failed', `The name ${host} is not known.`, error);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** Answers every look-up with the addresses that were checked. */
function pinned(addresses: readonly string[]): LookupFunction {
  return (_, { all }, answer) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = found;
    if (all || !first) answer(null, found);
    else answer(null, first.address, first.family);
  };
}

async function readText(
  url: URL,
  agent: Agent,
  { accept, maxBytes }: OutboundOptions,
  signal: AbortSignal,
): Promise<string> {
  const headers = { accept, 'accept-encoding': 'identity', 'user-agent': 'Holdfast calendar reader' };
  const { statusCode, headers: answered, body } = await request(url, { dispatcher: agent, signal, headers });
  // Whoever doesn't read to the end must say so, or the error of the cut-off body would go unheard.
  body.on('error', () => undefined);
  if (statusCode >= 300 && statusCode < 400) {
    throw new OutboundError('failed', 'The server sends on to another address. Give that one.');
  }
  if (statusCode !== 200) throw new OutboundError('failed', `The server answered with status ${statusCode}.`);
  if (answered['content-encoding'] !== undefined && answered['content-encoding'] !== 'identity') {
    throw new OutboundError('failed', 'The server sent a compressed answer although none was asked for.');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes: Buffer = chunk;
    size += bytes.length;
    if (size > maxBytes)
      throw new OutboundError('failed', `The answer is larger than ${Math.floor(maxBytes / 1_000_000)} MB.`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function asOutboundError(error: unknown, { host }: URL, signal: AbortSignal): OutboundError {
  if (error instanceof OutboundError) return error;
  const late =
    signal.aborted ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.ConnectTimeoutError;
  if (late) return new OutboundError('failed', `${host} did not answer in time.`, error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/CERT|TLS|SSL|ERR_TLS/.test(code)) return new OutboundError('failed', `${host} has no valid certificate.`, error);
  return new OutboundError('failed', `${host} could not be reached, or broke off.`, error);
}

/** The way out to the Internet; a test puts its own there. */
export const outbound = { fetchText: fetchPublicText };
