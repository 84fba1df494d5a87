import * as z from 'zod';
import { packNames } from '#features/organisations/packs/pack.ts';
import { id, instant, line, text } from '#platform/contract/fields.ts';
import { entityForm } from '#platform/ui/entity-form.tsx';

/** What whoever approves decides about the engagement. */
export const approveFields = z
  .object({
    title: line(300),
    pack: z.enum(packNames),
    placeId: id.nullable(),
    startsAt: instant,
    endsAt: instant,
    partyId: id.nullable(),
    taskTemplate: z.string().nullable(),
    scheduleTemplate: z.string().nullable(),
    reason: text(500),
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, { error: 'The end must be after the start.', path: ['endsAt'] });
export type ApproveValues = z.output<typeof approveFields>;
export const approveForm = entityForm(approveFields);
