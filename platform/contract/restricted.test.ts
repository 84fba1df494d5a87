import { expect, test } from 'vitest';
import * as z from 'zod';
import { entity, restrictedColumns } from './entity.ts';
import { firstPresent, hide, restricted, restrictedPaths } from './restricted.ts';

const boat = entity('boats', 'Boat', {
  name: z.string(),
  price: restricted(z.int().nullable().default(null), 'boats.prices'),
  diary: restricted(z.string().default(''), 'boats.diaries'),
});

test('restricted fields are found in rows, lists, wrappers and unions, wherever they lie', () => {
  const page = z.object({
    items: z.array(z.object({ boat: boat.row.nullable() })),
    best: z.union([boat.row, z.null()]),
  });
  expect(restrictedPaths(page).map(({ path, permission }) => `${path.join('.')} ${permission}`)).toEqual([
    'items.*.boat.price boats.prices',
    'items.*.boat.diary boats.diaries',
    'best.price boats.prices',
    'best.diary boats.diaries',
  ]);
  expect(restrictedPaths(boat.create).map(({ path }) => path.join('.'))).toEqual(['price', 'diary']);
  expect(restrictedPaths(boat.patch).map(({ path }) => path.join('.'))).toEqual(['price', 'diary']);
  expect(restrictedColumns('boats')).toEqual(
    new Map([
      ['price', 'boats.prices'],
      ['diary', 'boats.diaries'],
    ]),
  );
});

test('what is hidden reads as nothing, in the shape that the contract promises', () => {
  const page = z.object({ items: z.array(boat.row) });
  const answer = {
    items: [
      { name: 'Ann', price: 5, diary: 'wet' },
      { name: 'Ben', price: 7 },
    ],
  };
  hide(answer, restrictedPaths(page));
  expect(answer).toEqual({
    items: [
      { name: 'Ann', price: null, diary: '' },
      { name: 'Ben', price: null },
    ],
  });
});

test('a restricted field that was sent is named, null too; one that was not is no matter', () => {
  const paths = restrictedPaths(boat.patch);
  expect(firstPresent({ version: 1, name: 'Ann' }, paths)).toBeUndefined();
  expect(firstPresent({ version: 1, price: null }, paths)?.permission).toBe('boats.prices');
  expect(firstPresent(undefined, paths)).toBeUndefined();
  expect(firstPresent(['price'], paths)).toBeUndefined();
});

test('a field that must have a value can’t be restricted: nothing could stand in its place', () => {
  expect(() => restrictedPaths(z.object({ size: restricted(z.int(), 'boats.sizes') }))).toThrow('must allow null');
});

test('what is described or named afterwards stays restricted, in rows and for history', () => {
  const price = restricted(z.int().nullable(), 'boats.prices');
  for (const field of [price.describe('In cents.'), price.meta({ title: 'Price' }), price.describe('Old').optional()]) {
    expect(restrictedPaths(z.object({ price: field }))).toMatchObject([
      { path: ['price'], permission: 'boats.prices' },
    ]);
  }
  entity('ferries', 'Ferry', { price: price.describe('In cents.') });
  expect(restrictedColumns('ferries')).toEqual(new Map([['price', 'boats.prices']]));
});
