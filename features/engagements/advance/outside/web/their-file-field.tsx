import { useMutation } from '@tanstack/react-query';
import { Paperclip } from 'lucide-react';
import { useRef, useState } from 'react';
import { ApiError, urlOf } from '#platform/client/client.ts';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { largestTheirFile, outsideAdvance, type TheirItem } from '../contract.ts';
import type { LinkParams } from './outside-queries.ts';

interface TheirFileFieldProps {
  item: TheirItem;
  params: LinkParams;
  /** What came back. */
  onSent: (item: TheirItem) => void;
}

/** Answers with a file, sent as soon as it is chosen. */
export function TheirFileField({ item, params, onSent }: TheirFileFieldProps) {
  const picker = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  const sending = useMutation({ mutationFn: (file: File) => sendFile(params, item, file), onSuccess: onSent });
  const { title, answer } = item;
  const choose = (file: File) => {
    const megabytes = Math.round(largestTheirFile / 1e6);
    const wrong =
      file.size === 0 ? 'is empty.' : file.size > largestTheirFile ? `is larger than ${megabytes} MB.` : null;
    setFault(wrong && `“${file.name}” ${wrong}`);
    if (!wrong) sending.mutate(file);
  };
  return (
    <div className="grid grid-cols-1 justify-items-start gap-2">
      {answer !== '' && (
        <p className="flex max-w-full items-center gap-2 text-base">
          <Paperclip aria-hidden className="size-4 shrink-0 text-ink-faint" />
          <span className="truncate" title={answer}>
            {answer}
          </span>
        </p>
      )}
      <input
        ref={picker}
        type="file"
        tabIndex={-1}
        aria-label={`File for ${title}`}
        className="sr-only"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          target.value = '';
          if (file) choose(file);
        }}
      />
      <Button
        size="lg"
        busy={sending.isPending}
        aria-label={`${answer === '' ? 'Choose a file' : 'Choose another file'}: ${title}`}
        onClick={() => picker.current?.click()}
      >
        {answer === '' ? 'Choose a file' : 'Choose another file'}
      </Button>
      {fault && (
        <p role="alert" className="text-sm text-danger">
          {fault}
        </p>
      )}
      {sending.error && <ErrorNotice error={sending.error} />}
    </div>
  );
}

/** The bytes as they are; what a name can’t hold anywhere is left out of it. */
async function sendFile(params: LinkParams, { id, version }: TheirItem, file: File): Promise<TheirItem> {
  const name = file.name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(-140);
  const { addFile } = outsideAdvance.routes;
  const url = urlOf(addFile, { params: { ...params, itemId: id }, query: { version, name, size: file.size } });
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  });
  const body: unknown = await response.json();
  if (!response.ok) throw new ApiError(response.status, typeof body === 'object' && body ? { ...body } : {});
  return addFile.output.parse(body);
}
