import { ApiError } from '#platform/client/client.ts';
import type { FormSent, PublicForm } from '../../contract.ts';

/** Which form: short names of its organisation and of itself. */
export interface FormPlace {
  org: string;
  slug: string;
}

interface Sending {
  token: string;
  proof: string;
  homepage: string;
  answers: Readonly<Record<string, unknown>>;
}

/**
 * The three routes that the public page asks, without the contract: its schemas would be a third of what a stranger’s
 * phone loads. A test compares the addresses.
 */
export const publicApi = {
  read: (form: FormPlace, signal: AbortSignal) => ask<PublicForm>(addresses.read(form), { signal }),
  submit: (form: FormPlace, sending: Sending) =>
    ask<FormSent>(addresses.submit(form), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sending),
    }),
  addFile: (form: FormPlace, query: Record<'token' | 'proof' | 'name' | 'size', string>, file: File) =>
    ask<{ id: string; name: string }>(`${addresses.addFile(form)}?${new URLSearchParams(query)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    }),
};

const at = ({ org, slug }: FormPlace) => `/api/v1/forms/${encodeURIComponent(org)}/${encodeURIComponent(slug)}`;

export const addresses = {
  read: at,
  submit: (form: FormPlace) => `${at(form)}/submissions`,
  addFile: (form: FormPlace) => `${at(form)}/files`,
};

/** @throws {ApiError} for each answer that isn't 2xx; network failures as `fetch` throws them */
async function ask<T>(address: string, init: RequestInit): Promise<T> {
  const response = await fetch(address, { credentials: 'same-origin', ...init });
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  if (response.ok) return response.json();
  const problem: unknown = isJson ? await response.json() : null;
  throw new ApiError(response.status, typeof problem === 'object' && problem ? { ...problem } : {});
}
