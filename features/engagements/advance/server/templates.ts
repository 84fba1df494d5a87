import { TemplateStore } from '#features/engagements/server/template-store.ts';
import type { AdvanceTemplate } from '../contract.ts';
import { builtInTemplates } from '../templates/built-in-rules.ts';

export const checklists = new TemplateStore<Pick<AdvanceTemplate, 'pack' | 'name' | 'items'>>({
  table: 'advance_templates',
  builtIn: builtInTemplates,
  columns: ['items'],
  called: 'This checklist',
});
