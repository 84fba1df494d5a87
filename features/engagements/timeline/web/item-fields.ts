import * as z from 'zod';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { scheduleItem } from '../contract.ts';

const timeOrder = { error: 'The end must be after the start.', path: ['endsAt'] };

/** What a person enters of something on the schedule. */
export const itemFields = z.object(scheduleItem.fields).refine(({ startsAt, endsAt }) => startsAt < endsAt, timeOrder);

export type ItemValues = z.output<typeof itemFields>;

export const itemForm = entityForm(itemFields);
