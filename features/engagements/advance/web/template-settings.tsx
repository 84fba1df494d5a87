import { useQuery } from '@tanstack/react-query';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { CountNote, PackTemplateSettings } from '#features/organisations/web/pack-template-settings.tsx';
import { advanceTemplatesQuery } from './advance-queries.ts';
import { TemplateEditor } from './template-editor.tsx';

/** The checklists that advances begin with, by pack. */
export function AdvanceTemplateSettings() {
  const org = useOrg();
  const { data, ...query } = useQuery(advanceTemplatesQuery(org.slug));
  return (
    <PackTemplateSettings
      title="Advance checklists"
      description="What is usually settled with the other side before the day. Advances begin with one, and are changed from there."
      noun="checklist"
      templates={{ ...query, data: data?.items }}
      renderNote={({ items }) => <CountNote count={items.length} one="item" />}
      renderEditor={(list, onDone) => <TemplateEditor key={list?.key ?? 'new'} list={list} onDone={onDone} />}
    />
  );
}
