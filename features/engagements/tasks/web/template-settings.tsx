import { useQuery } from '@tanstack/react-query';
import { Badge } from '#platform/ui/badge.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { CountNote, PackTemplateSettings } from '#features/organisations/web/pack-template-settings.tsx';
import { withArticle } from '#features/organisations/web/word-case.ts';
import { taskTemplatesQuery } from './task-queries.ts';
import { TemplateEditor } from './template-editor.tsx';

/** The lists that tasks are made from, by pack. */
export function TaskTemplateSettings() {
  const org = useOrg();
  const { data, ...query } = useQuery(taskTemplatesQuery(org.slug));
  const work = org.words.engagement.one;
  return (
    <PackTemplateSettings
      title="Task lists"
      description={`What a kind of ${work} usually needs. Automatic lists make their tasks when ${withArticle(work)} is confirmed; any list can be added by hand.`}
      noun="list"
      templates={{ ...query, data: data?.items }}
      renderNote={({ automatic, items }) => (
        <>
          {automatic && <Badge tone="good">Automatic</Badge>}
          <CountNote count={items.length} one="task" />
        </>
      )}
      renderEditor={(list, onDone) => <TemplateEditor key={list?.key ?? 'new'} list={list} onDone={onDone} />}
    />
  );
}
