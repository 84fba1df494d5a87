import * as z from 'zod';
import { line, text } from '#platform/contract/fields.ts';
import { groupKeys } from '#features/engagements/people/group-words.ts';
import { packNames } from '#features/organisations/packs/pack.ts';
import { seenBy } from './audience-rules.ts';
import { itemKinds } from './item-kinds.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Must be a time like 19:30.' });
const groups = z
  .array(z.enum(groupKeys))
  .max(3)
  .refine((keys) => new Set(keys).size === keys.length, { error: 'Name each group once.' })
  .default([]);

export const templateItem = z.strictObject({
  id: z.string().min(1).max(60).describe('Its own within the template; applying it again passes over what is there.'),
  kind: z.enum(itemKinds),
  title: z.string().trim().max(200).default(''),
  day: z.int().min(-30).max(365).default(0).describe('Days after the chosen day.'),
  from: clock.describe('By the clock of the place. Before four in the morning: of the night after that day.'),
  until: clock.describe('When not after the beginning: on the next day.'),
  forAll: z.boolean().default(true),
  forGroups: groups,
  seenBy: z.enum(seenBy).default('everyone'),
  seenByGroups: groups,
  notes: text(2_000).default(''),
});
export type TemplateItem = z.output<typeof templateItem>;

export const templateFields = {
  pack: z.enum(packNames),
  name: line(120).describe('The kind of day that it is for: Show day; Project week.'),
  items: z
    .array(templateItem)
    .min(1, { error: 'Add what happens first.' })
    .max(100)
    .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, {
      error: 'Two items of a template may not have the same id.',
    }),
};

export const scheduleTemplate = z
  .object({
    key: z.string(),
    builtIn: z.boolean().describe('It comes with Holdfast.'),
    version: z.int().describe('0 while the built-in one holds.'),
    ...templateFields,
  })
  .meta({ id: 'ScheduleTemplate' });
export type ScheduleTemplate = z.output<typeof scheduleTemplate>;
