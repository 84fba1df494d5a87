import * as z from 'zod';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { engagement, engagements } from '../contract.ts';

const timeOrder = { error: 'The end must be after the start.', path: ['endsAt'] };

/** What a person enters of an engagement; its pack is chosen once, at the start. */
export const engagementFields = z
  .object({ ...engagement.fields, pack: engagements.routes.create.body.shape.pack })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, timeOrder);

export type EngagementValues = z.output<typeof engagementFields>;

export const engagementForm = entityForm(engagementFields);
