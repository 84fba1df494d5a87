import { ApiError } from '#platform/client/client.ts';
import { routePath } from '#platform/contract/contract.ts';
import { files } from '../contract.ts';

interface Part {
  org: string;
  uploadId: string;
  offset: number;
  bytes: Blob;
  signal: AbortSignal;
  /** Bytes of this part that have left. */
  onProgress: (sent: number) => void;
}

/**
 * Sends one part. By XMLHttpRequest: `fetch` doesn't tell how much has left.
 * @throws {ApiError} for a refusal; TypeError when the server can't be reached; AbortError when `signal` says so
 */
export function sendPart({ org, uploadId, offset, bytes, signal, onProgress }: Part): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = new XMLHttpRequest();
  const path = routePath(files.routes.putPart).replace(':org', encodeURIComponent(org)).replace(':id', uploadId);
  request.open('PUT', `${path}?offset=${offset}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.upload.onprogress = ({ loaded }) => onProgress(Math.min(loaded, bytes.size));
  request.onload = () => {
    if (request.status < 300) resolve();
    else reject(new ApiError(request.status, problemOf(request.responseText)));
  };
  request.onerror = () => reject(new TypeError('The server can’t be reached.'));
  request.onabort = () => reject(new DOMException('Stopped.', 'AbortError'));
  signal.addEventListener('abort', () => request.abort(), { once: true });
  if (signal.aborted) request.abort();
  else request.send(bytes);
  return promise;
}

function problemOf(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
