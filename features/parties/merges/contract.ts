import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { restrictColumns } from '#platform/contract/entity.ts';
import { id, instantOut } from '#platform/contract/fields.ts';
import { party } from '#features/parties/contract.ts';
import { duplicateReasons } from '../duplicate-rules.ts';
import { choosable } from './rules.ts';

// Holds addresses and telephone numbers of who was merged.
restrictColumns('party_merges', { kept: 'parties.contacts' });

const pair = z.object({
  first: party.row,
  second: party.row,
  reasons: z.array(z.enum(duplicateReasons)).describe('What they have in common, the surest first.'),
});
export type DuplicatePair = z.output<typeof pair>;

const merge = z
  .object({
    id,
    mergedName: z.string(),
    mergedBy: z.string().describe('Name of who did it.'),
    mergedAt: instantOut,
    undoableUntil: instantOut.nullable().describe('Null: it was taken apart already, or it is too late.'),
    undoneAt: instantOut.nullable(),
  })
  .meta({ id: 'PartyMerge' });
export type PartyMerge = z.output<typeof merge>;

const moves = z.array(z.object({ words: z.string(), count: z.int() }));

export const merges = defineContract({
  name: 'merges',
  permissions: {
    'parties.merge': {
      may: 'merge contacts that are there twice, and take them apart again',
      roles: ['owner', 'manager'],
    },
  },
  errors: { role_too_high: 403, not_mergeable: 409, not_undoable: 409, merged: 409, duplicate: 409 },
  constraints: {
    party_distinctions_once: { code: 'duplicate', message: 'Somebody said already that these are not the same.' },
  },
  routes: {
    duplicates: {
      method: 'GET',
      path: '/parties/duplicates',
      permission: 'parties.merge',
      summary: 'Contacts that may be the same, the surest first: at most 100 pairs.',
      output: z.object({ items: z.array(pair), total: z.int() }),
    },
    distinguish: {
      method: 'POST',
      path: '/parties/distinctions',
      permission: 'parties.merge',
      summary: 'Says that two contacts are not the same, so that nobody is asked again.',
      body: z.strictObject({ firstId: id, secondId: id }),
      status: 204,
      errors: ['duplicate'],
    },
    compare: {
      method: 'GET',
      path: '/parties/:id/compare/:otherId',
      permission: 'parties.merge',
      summary: 'Two contacts side by side, and what of the other would move.',
      params: z.object({ id, otherId: id }),
      output: z.object({ survivor: party.row, other: party.row, moves }),
      errors: ['merged'],
    },
    merge: {
      method: 'POST',
      path: '/parties/:id/merge',
      permission: 'parties.merge',
      summary: 'Makes another contact one with this one: all that belongs to it moves here. Can be undone for 30 days.',
      params: z.object({ id }),
      body: z.strictObject({
        otherId: id,
        version: z.int().min(1).describe('Of this one, as it was seen.'),
        otherVersion: z.int().min(1).describe('Of the other, as it was seen.'),
        take: z
          .array(z.enum(choosable))
          .max(choosable.length)
          .default([])
          .describe('Fields whose value is the other’s.'),
        joinNotes: z.boolean().default(false).describe('Keeps both notes, one below the other.'),
      }),
      output: party.row,
      errors: ['version_conflict', 'not_mergeable', 'merged', 'role_too_high'],
    },
    list: {
      method: 'GET',
      path: '/parties/:id/merges',
      permission: 'parties.merge',
      summary: 'What was merged into this contact, the last first.',
      params: z.object({ id }),
      output: z.object({ items: z.array(merge) }),
    },
    undo: {
      method: 'POST',
      path: '/parties/merges/:id/undo',
      permission: 'parties.merge',
      summary: 'Takes two contacts apart again: what moved goes back, unless somebody moved it on.',
      params: z.object({ id }),
      body: z.strictObject({}),
      output: z.object({ survivor: party.row, restored: party.row }),
      errors: ['not_undoable', 'duplicate'],
    },
  },
});
