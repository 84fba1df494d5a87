import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import S3rver from 's3rver';

/** A server that speaks S3, on a port of its own, with one bucket. */
export interface TestS3 {
  /** As `S3_URL`. */
  url: string;
  stop(): Promise<void>;
}

export async function startS3(search = ''): Promise<TestS3> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'holdfast-s3-'));
  const bucket = 'holdfast-files';
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: bucket }],
  });
  const { port } = await server.run();
  return {
    url: `http://S3RVER:S3RVER@127.0.0.1:${port}/${bucket}${search}`,
    async stop() {
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
