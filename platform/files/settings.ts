import path from 'node:path';

export interface S3Settings {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Downloads go straight from the store: its address is one that users reach. */
  signedDownloads: boolean;
}

/** Where a ClamAV daemon listens. */
export type ScannerAddress = { path: string } | { host: string; port: number };

export interface FileSettings {
  /** Folder on this machine, or a bucket. */
  store: { folder: string } | S3Settings;
  /** Undefined: nothing is scanned, and everything says so. */
  scanner: ScannerAddress | undefined;
  /** Bytes that one organisation may keep. */
  quota: number;
}

interface FileEnvironment {
  S3_URL?: string | undefined;
  CLAMAV_URL?: string | undefined;
  HOLDFAST_SCAN?: 'clamav' | 'none' | undefined;
  HOLDFAST_FILES_GB: number;
}

/** @throws {Error} that names the variable and what it must be, never a secret */
export function readFileSettings(env: FileEnvironment, dataFolder: string): FileSettings {
  const scanner = env.CLAMAV_URL ? readScanner(env.CLAMAV_URL) : undefined;
  if (env.HOLDFAST_SCAN === 'clamav' && !scanner)
    throw new Error('HOLDFAST_SCAN=clamav needs CLAMAV_URL: where the ClamAV daemon listens.');
  return {
    store: env.S3_URL ? readS3(env.S3_URL) : { folder: path.join(dataFolder, 'files') },
    scanner: env.HOLDFAST_SCAN === 'none' ? undefined : scanner,
    quota: Math.round(env.HOLDFAST_FILES_GB * 1_000_000_000),
  };
}

const s3Form = 'S3_URL must look like https://KEY:SECRET@s3.example.com/bucket?region=eu-central-1';

function readS3(text: string): S3Settings {
  if (!URL.canParse(text))
    throw new Error(`${s3Form}. Characters like / and + in the secret are written as %2F and %2B.`);
  const url = new URL(text);
  const bucket = decodeURIComponent(url.pathname.replace(/^\/|\/$/g, ''));
  if (!['http:', 'https:'].includes(url.protocol)) throw new Error(`${s3Form}: it begins with https:// or http://.`);
  if (!url.username || !url.password) throw new Error(`${s3Form}: the key and its secret are missing.`);
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new Error(`${s3Form}: the bucket is missing or no name of one.`);
  const unknown = [...url.searchParams.keys()].find((name) => !['region', 'downloads'].includes(name));
  if (unknown) throw new Error(`${s3Form}: there is no setting ${unknown}.`);
  const downloads = url.searchParams.get('downloads') ?? 'here';
  if (!['here', 'signed'].includes(downloads)) throw new Error(`${s3Form}: downloads is here or signed.`);
  return {
    endpoint: url.origin,
    bucket,
    region: url.searchParams.get('region') ?? 'us-east-1',
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    signedDownloads: downloads === 'signed',
  };
}

function readScanner(text: string): ScannerAddress {
  const form = 'CLAMAV_URL must be tcp://host:3310 or unix:/run/clamav/clamd.ctl.';
  const socket = /^unix:(?:\/\/)?(\/.+)$/.exec(text)?.[1];
  if (socket) return { path: socket };
  if (!URL.canParse(text)) throw new Error(form);
  const { protocol, hostname, port } = new URL(text);
  if (protocol !== 'tcp:' || hostname === '') throw new Error(form);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 3310) };
}
