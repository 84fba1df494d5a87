import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
  type MultipartUpload,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { pipeline, Readable } from 'node:stream';
import { ExactSize } from './exact-size.ts';
import type { S3Settings } from './settings.ts';
import {
  ObjectMissing,
  requireKey,
  type ByteRange,
  type ObjectStore,
  type SignedLook,
  type StoredPart,
  type StoredThing,
} from './store.ts';

/** Objects in a bucket of Amazon S3, or of a server that speaks its protocol (MinIO, Ceph, R2, …). */
export class S3Store implements ObjectStore {
  readonly kind = 's3';
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly sign?: (key: string, seconds: number, look: SignedLook) => Promise<string>;

  constructor({ bucket, endpoint, region, accessKeyId, secretAccessKey, signedDownloads }: S3Settings) {
    this.#bucket = bucket;
    this.#client = new S3Client({
      endpoint,
      region,
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      // Servers other than Amazon's don't all know the checksums that the library would add by itself.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: 3,
      logger: silent,
    });
    if (signedDownloads) this.sign = (key, seconds, look) => this.signed(key, seconds, look);
  }

  async check(): Promise<void> {
    await this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket })).catch((error: unknown) => {
      const status = statusOf(error);
      if (status === 404) throw new Error(`S3_URL: there is no bucket ${this.#bucket}. Make it, or name another one.`);
      if (status === 403) throw new Error(`S3_URL: the key may not use the bucket ${this.#bucket}.`);
      throw error;
    });
  }

  async begin(key: string): Promise<string> {
    const { UploadId } = await this.#client.send(new CreateMultipartUploadCommand(this.#at(key)));
    if (!UploadId) throw new Error('The store began no upload.');
    return UploadId;
  }

  async putPart(key: string, uploadId: string, number: number, size: number, body: Readable): Promise<StoredPart> {
    // A body that breaks off fails the request: the store counts the bytes too.
    const exact = pipeline(body, new ExactSize(size), () => undefined);
    const part = { ...this.#at(key), UploadId: uploadId, PartNumber: number, ContentLength: size, Body: exact };
    const broken = new AbortController();
    exact.once('error', (reason) => broken.abort(reason));
    const { ETag } = await this.#client
      .send(new UploadPartCommand(part), { abortSignal: broken.signal })
      .catch((error: unknown) => {
        throw broken.signal.aborted ? broken.signal.reason : error;
      });
    if (!ETag) throw new Error('The store kept no part.');
    return { number, size, tag: ETag };
  }

  async finish(key: string, uploadId: string, parts: readonly StoredPart[]): Promise<void> {
    const Parts = parts.map(({ number, tag }) => ({ PartNumber: number, ETag: tag }));
    try {
      await this.#client.send(
        new CompleteMultipartUploadCommand({ ...this.#at(key), UploadId: uploadId, MultipartUpload: { Parts } }),
      );
    } catch (error) {
      // Somebody, or an earlier try whose answer was lost, has finished it.
      const there = await this.#client.send(new HeadObjectCommand(this.#at(key))).catch(() => undefined);
      if (there?.ContentLength !== parts.reduce((sum, { size }) => sum + size, 0)) throw error;
    }
  }

  async abandon(key: string, uploadId: string): Promise<void> {
    await this.#client
      .send(new AbortMultipartUploadCommand({ ...this.#at(key), UploadId: uploadId }))
      .catch((error: unknown) => {
        // Gone already, or a server that can't: then a rule of the bucket clears it.
        if (![404, 405, 501].includes(statusOf(error) ?? 0)) throw error;
      });
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const Range = range && `bytes=${range.first}-${range.last}`;
    const { Body } = await this.#client
      .send(new GetObjectCommand({ ...this.#at(key), ...(Range && { Range }) }))
      .catch((error: unknown) => {
        throw statusOf(error) === 404 ? new ObjectMissing(key) : error;
      });
    if (!(Body instanceof Readable)) throw new ObjectMissing(key);
    return Body;
  }

  async remove(key: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand(this.#at(key)));
  }

  async *list(owner: string): AsyncIterable<StoredThing> {
    for (let token: string | undefined, more = true; more; more = token !== undefined) {
      const page = await this.#client.send(
        new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: `${owner}/`, ContinuationToken: token }),
      );
      for (const { Key, LastModified } of page.Contents ?? [])
        if (Key && LastModified) yield { key: Key, collection: null, writtenAt: LastModified };
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    }
    // The first thousand: what is left is found the next time.
    for (const { Key, UploadId, Initiated } of await this.#begun(owner))
      if (Key && UploadId && Initiated) yield { key: Key, collection: UploadId, writtenAt: Initiated };
  }

  /** Not every server tells; buckets have a rule of their own for uploads that nobody ended. */
  async #begun(owner: string): Promise<MultipartUpload[]> {
    const list = new ListMultipartUploadsCommand({ Bucket: this.#bucket, Prefix: `${owner}/` });
    const { Uploads = [] } = await this.#client.send(list).catch((error: unknown) => {
      if (statusOf(error) === 501) return { Uploads: [] };
      throw error;
    });
    return Uploads;
  }

  async owners(): Promise<string[]> {
    const owners: string[] = [];
    for (let token: string | undefined, more = true; more; more = token !== undefined) {
      const page = await this.#client.send(
        new ListObjectsV2Command({ Bucket: this.#bucket, Delimiter: '/', ContinuationToken: token }),
      );
      owners.push(...(page.CommonPrefixes ?? []).flatMap(({ Prefix }) => (Prefix ? [Prefix.replace(/\/$/, '')] : [])));
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    }
    return owners;
  }

  async removeOwner(owner: string): Promise<void> {
    for await (const { key, collection } of this.list(owner))
      await (collection === null ? this.remove(key) : this.abandon(key, collection));
  }

  /** An address that opens one object for some seconds, to whoever has it. */
  signed(key: string, seconds: number, { type, disposition }: SignedLook): Promise<string> {
    const get = new GetObjectCommand({
      ...this.#at(key),
      ResponseContentType: type,
      ResponseContentDisposition: disposition,
      ResponseCacheControl: 'no-store',
    });
    return getSignedUrl(this.#client, get, { expiresIn: seconds });
  }

  #at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: requireKey(key) };
  }
}

/** What fails is thrown, and told by whoever catches it. */
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function nothing(): void {}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
