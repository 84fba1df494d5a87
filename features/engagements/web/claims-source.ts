import type { EngagementSource } from '#features/scheduling/claims/web/engagement-source.ts';
import { EngagementPicker } from './engagement-picker.tsx';
import { engagementsApi } from './engagement-queries.ts';

/** Engagements for the dialog that places claims. */
export const claimsSource: EngagementSource = {
  Picker: EngagementPicker,
  create: async (org, engagement) => (await engagementsApi.create({ org, body: engagement })).id,
};
