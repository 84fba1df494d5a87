import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Combobox } from '#platform/ui/combobox.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { fileListQuery } from '#features/files/web/file-queries.ts';
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
  );
}
