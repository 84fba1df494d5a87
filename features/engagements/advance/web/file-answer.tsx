import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { Combobox } from '#platform/ui/combobox.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { downloadFile, fileListQuery } from '#features/files/web/file-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { AdvanceItem } from '../contract.ts';
import { useItemActs } from './use-item-acts.ts';

/** Answers with a file of the dossier. */
export function FileAnswer({ item }: { item: AdvanceItem }) {
  const org = useOrg();
  const toast = useToast();
  const [query, setQuery] = useState('');
  const q = useSettled(query.trim(), 150);
  const found = useInfiniteQuery(fileListQuery(org.slug, item.engagementId, { q: q || undefined }));
  const acts = useItemActs(item);
  const options = (found.data?.pages.flatMap((page) => page.items) ?? []).map(({ id, name }) => ({
    value: id,
    label: name,
  }));
  return (
    <div className="grid gap-1">
      {item.fileId && <FileLink id={item.fileId} name={item.answer} />}
      <Combobox
        aria-label={item.title}
        value={item.fileId ?? (item.answer === '' ? null : item.answer)}
        valueLabel={item.answer || null}
        onQuery={setQuery}
        busy={found.isFetching}
        options={options}
        clearable
        placeholder="A file of the dossier…"
        empty="There is no such file here. Upload it under Files first."
        onValue={(fileId) =>
          void acts
            .answer({ answer: '', version: item.version, fileId })
            .catch((error: unknown) => toast({ tone: 'danger', title: 'It stays as it was', detail: errorText(error) }))
        }
      />
      {item.side === 'us' && <p className="text-xs text-ink-faint">The other side can save it.</p>}
    </div>
  );
}

/** Saves the file that is the answer. */
export function FileLink({ id, name }: { id: string; name: string }) {
  const org = useOrg();
  const toast = useToast();
  if (!org.can('files.read')) return <p className="truncate">{name}</p>;
  const save = () =>
    void downloadFile(org.slug, id).catch((error: unknown) =>
      toast({ tone: 'danger', title: 'No file was saved', detail: errorText(error) }),
    );
  return (
    <Button variant="link" className="h-6 max-w-full justify-self-start" title={`Save ${name}`} onClick={save}>
      <Download aria-hidden />
      <span className="truncate">{name}</span>
    </Button>
  );
}
