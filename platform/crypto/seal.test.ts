import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createSealer, SealError } from './seal.ts';

const newKey = () => randomBytes(32).toString('base64');
const configured = (encryptionKeys: string) => createSealer({ encryptionKeys, dataFolder: '/nowhere' });
const sealer = configured(`a:${newKey()}`);
const place = fc.record({
  orgId: fc.option(fc.uuid(), { nil: null }),
  column: fc
    .tuple(fc.stringMatching(/^[a-z_]{1,12}$/), fc.stringMatching(/^[a-z_]{1,12}$/))
    .map((two) => two.join('.')),
});
const plain = fc.string({ unit: 'binary', maxLength: 200 });

function ownFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-seal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('opens what it sealed, and seals the same text differently each time', () => {
  fc.assert(
    fc.property(plain, place, (text, where) => {
      const sealed = sealer.seal(text, where);
      expect(sealed).toMatch(/^hf1\.a\.[\w-]{16}\.[\w-]+$/);
      expect(sealer.open(sealed, where)).toBe(text);
      expect(sealer.seal(text, where)).not.toBe(sealed);
    }),
  );
});

test('opens in no other organisation and no other column', () => {
  fc.assert(
    fc.property(plain, place, place, (text, where, elsewhere) => {
      fc.pre(where.orgId !== elsewhere.orgId || where.column !== elsewhere.column);
      expect(() => sealer.open(sealer.seal(text, where), elsewhere)).toThrow(SealError);
    }),
  );
});

test('a place is not another one that is written alike', () => {
  const sealed = sealer.seal('x', { orgId: null, column: 'a.b' });
  expect(() => sealer.open(sealed, { orgId: 'null', column: 'a.b' })).toThrow(SealError);
  expect(() => sealer.open(sealed, { orgId: '', column: 'a.b' })).toThrow(SealError);
});

test('opens with no character changed, dropped or added', () => {
  const where = { orgId: null, column: 'totp_secrets.secret' };
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ';
  fc.assert(
    fc.property(plain, fc.nat(), fc.constantFrom(...Array.from(alphabet)), fc.nat(2), (text, at, letter, how) => {
      const sealed = sealer.seal(text, where);
      const index = at % sealed.length;
      const rest = sealed.slice(how === 1 ? index : index + 1);
      const changed = sealed.slice(0, index) + (how === 2 ? '' : letter) + rest;
      fc.pre(changed !== sealed);
      expect(() => sealer.open(changed, where)).toThrow(SealError);
    }),
    { numRuns: 2_000 },
  );
});

test('opens with no bit flipped', () => {
  const where = { orgId: null, column: 'totp_secrets.secret' };
  const [version, id, iv = '', body = ''] = sealer.seal('JBSWY3DPEHPK3PXP', where).split('.');
  for (const [part, text] of Object.entries({ iv, body })) {
    const bytes = Buffer.from(text, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const parts = { iv, body, [part]: flipped.toString('base64url') };
      expect(() => sealer.open(`${version}.${id}.${parts.iv}.${parts.body}`, where)).toThrow(SealError);
    }
  }
});

test('says which key is missing, and neither the value nor a key', () => {
  const where = { orgId: null, column: 'tenant_databases.sealed_url' };
  const sealed = configured(`old:${newKey()}`).seal('postgres://secret', where);
  expect(() => sealer.open(sealed, where)).toThrow('tenant_databases.sealed_url: the key old is not configured');
  expect(() => sealer.open('postgres://secret', where)).toThrow(
    'tenant_databases.sealed_url: this is not a sealed value',
  );
});

test('the first key seals, the others open, and what they sealed wants rotation', () => {
  const where = { orgId: null, column: 'a.b' };
  const [one, two] = [newKey(), newKey()];
  const before = configured(`one:${one}`);
  const after = configured(`two:${two},one:${one}`);
  const old = before.seal('x', where);
  expect(after.open(old, where)).toBe('x');
  expect(after.needsRotation(old)).toBe(true);
  expect(after.needsRotation(after.seal('x', where))).toBe(false);
  expect(after.newestKey()).toBe('two');
  expect(after.addKey()).toBeUndefined();
});

test.each([
  ['', 'must read id:key'],
  ['no-colon', 'must be 32 bytes'],
  ['a:c2hvcnQ=', 'The key a in'],
  ['bad id:c2hvcnQ=', 'must read id:key'],
  [`a:${newKey()},a:${newKey()}`, 'the key a twice'],
])('refuses the keys %j', (keys, said) => {
  expect(() => configured(keys)).toThrow(said);
});

test('keys in the data folder: made once, for the owner alone, shared by processes, and added to while they run', () => {
  const where = { orgId: null, column: 'a.b' };
  const dataFolder = ownFolder();
  const [one, other] = [1, 2].map(() => createSealer({ encryptionKeys: undefined, dataFolder }));
  if (!one || !other) throw new Error('no sealer');
  const file = path.join(dataFolder, 'encryption-keys');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const old = one.seal('x', where);
  expect(other.open(old, where)).toBe('x');

  expect(one.addKey()).toBe('k2');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const young = one.seal('y', where);
  expect(young).toMatch(/^hf1\.k2\./);
  expect(other.open(young, where)).toBe('y');
  expect(other.open(old, where)).toBe('x');
  expect(other.needsRotation(old)).toBe(true);
  expect(other.seal('z', where)).toMatch(/^hf1\.k2\./);
});

test('a key file that cannot be understood stops the start, and its name is said', () => {
  const dataFolder = ownFolder();
  const file = path.join(dataFolder, 'encryption-keys');
  writeFileSync(file, 'k1:abc');
  expect(() => createSealer({ encryptionKeys: undefined, dataFolder })).toThrow(`The key k1 in ${file} must be 32`);
});
