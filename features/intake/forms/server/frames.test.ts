import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { forms } from '../contract.ts';
import { makeField } from '../field-rules.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api' });
});
afterAll(() => app.stop());

const org = 'test';

async function framedBy(path: string): Promise<{ ancestors: string; older: string | null }> {
  const response = await fetch(`${app.baseUrl}${path}`, { headers: { accept: 'text/html' } });
  await response.text();
  const [, ancestors = ''] =
    /frame-ancestors ([^;]+)/.exec(response.headers.get('content-security-policy') ?? '') ?? [];
  return { ancestors, older: response.headers.get('x-frame-options') };
}

const unframed = { ancestors: "'none'", older: 'DENY' };

test('a form stands in a frame only where its organisation says so', async () => {
  const api = app.client(forms, 'owner');
  const fields = [makeField('email', 'email', 'E-mail', { meaning: 'email' })];
  const { id, version } = await api.create({ org, body: { title: 'Framed', slug: 'framed' } });
  const params = { id };
  const embedOrigins = ['https://www.example.com', 'https://shop.example.org:8443'];
  const draft = await api.change({ org, params, body: { version, fields, embedOrigins } });
  expect(await framedBy('/forms/test/framed?embed=1')).toEqual(unframed);
  await api.publish({ org, params, body: { version: draft.version } });
  expect(await framedBy('/forms/test/framed?embed=1')).toEqual({ ancestors: embedOrigins.join(' '), older: null });
  expect(await framedBy('/forms/test/framed?a=b&embed=1')).toMatchObject({ older: null });
  for (const path of [
    '/forms/test/framed',
    '/forms/test/framed?embed=10',
    '/forms/test/framed?xembed=1',
    '/forms/test/nothing?embed=1',
    '/forms/elsewhere/framed?embed=1',
    '/forms/test/framed/more?embed=1',
    '/o/test/board?embed=1',
    '/?embed=1',
    '/sign-in?to=/forms/test/framed?embed=1',
  ])
    expect(await framedBy(path), path).toEqual(unframed);
  const [newest] = (await api.list({ org, query: {} })).items;
  await api.change({ org, params, body: { version: newest?.version ?? 0, embedOrigins: [] } });
  expect(await framedBy('/forms/test/framed?embed=1')).toEqual(unframed);
});
