import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { templatesQuery } from './message-queries.ts';
import { SenderSettings } from './sender-settings.tsx';
import { SuppressedAddresses } from './suppressed-addresses.tsx';
import { TemplateEditor } from './template-editor.tsx';

/** How the organisation writes to people. */
export function MessageSettings() {
  return (
    <>
      <Wordings />
      <SenderSettings />
      <SuppressedAddresses />
    </>
  );
}

function Wordings() {
  const org = useOrg();
  const [editing, setEditing] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(templatesQuery(org.slug));
  const template = data?.items.find(({ kind }) => kind === editing);
  return (
    <Section
      title="Wording"
      description="What is written to people. The wording of a mail that is in the outbox already stays."
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={3} />}
      {data && (
        <CardList label="Kinds of message">
          {data.items.map(({ kind, title, subject, version }) => (
            <li key={kind} className="flex items-center gap-3 px-4 py-2.5 text-sm">
              <div className="min-w-0 flex-1">
                <p className="font-medium text-pretty">{title}</p>
                <p className="truncate text-xs text-ink-faint" title={subject}>
                  {subject}
                </p>
              </div>
              {version > 0 && <Badge tone="accent">Yours</Badge>}
              <Button size="sm" aria-label={`Edit: ${title}`} onClick={() => setEditing(kind)}>
                {org.can('messages.change') ? 'Edit' : 'Look'}
              </Button>
            </li>
          ))}
        </CardList>
      )}
      {template && (
        <TemplateEditor
          key={`${template.kind}:${template.version}`}
          template={template}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  );
}
