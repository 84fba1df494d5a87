import { files, type File } from '#features/files/contract.ts';
import { filesFeature } from '#features/files/server/index.ts';
import { partSize } from '#features/files/upload-rules.ts';
import { runnerOf } from '#platform/jobs/runners.ts';
import type { TestApp } from './test-app.ts';

export interface Sent {
  name: string;
  content: string | Buffer;
  /** More of what `beginUpload` takes. */
  more?: {
    type?: string;
    sha256?: string;
    fileId?: string;
    folderId?: string;
    engagementId?: string;
    shared?: boolean;
  };
}

/** Uploads a file as a client does, as the owner, and has it looked into. */
export async function send(app: TestApp, { name, content, more = {} }: Sent): Promise<File> {
  const api = app.client(files);
  const bytes = Buffer.from(content);
  const org = 'test';
  const { id } = await api.beginUpload({ org, body: { name, size: bytes.length, ...more } });
  for (let offset = 0; offset < bytes.length; offset += partSize) {
    const { status, body } = await put(app, id, offset, bytes.subarray(offset, offset + partSize));
    if (status !== 204) throw Object.assign(new Error(body), { status, ...(JSON.parse(body) as object) });
  }
  const { id: fileId, newest } = await api.completeUpload({ org, params: { id }, body: {} });
  await runTask(app, 'files.check', { versionId: newest.id });
  return (await api.get({ org, params: { id: fileId } })).file;
}

/** One part, as bytes. @param key of another than the owner */
export async function put(
  app: TestApp,
  id: string,
  offset: number,
  body: Uint8Array<ArrayBuffer> | Buffer | ReadableStream<Uint8Array>,
  key: string = app.org.keys.owner,
): Promise<{ status: number; body: string }> {
  const answer = await fetch(`${app.baseUrl}/api/v1/orgs/test/files/uploads/${id}/part?offset=${offset}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' },
    body: body instanceof ReadableStream ? body : new Uint8Array(body),
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  });
  return { status: answer.status, body: await answer.text() };
}

/** A job of the files feature, now. */
export function runTask(app: TestApp, name: string, payload: object = {}): Promise<void> {
  const task = filesFeature.tasks.find((one) => one.name === name);
  if (!task) throw new Error(`There is no task ${name}.`);
  return runnerOf(app.app.services, task)({ orgId: app.org.id, ...payload }, { job: { id: '1' } });
}
