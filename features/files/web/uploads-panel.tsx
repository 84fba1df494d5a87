import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Pause, Play, RotateCw, X } from 'lucide-react';
import { useRef } from 'react';
import { orgKey } from '#platform/client/query-client.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { CardList } from '#platform/ui/table.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Upload } from '../contract.ts';
import { sizeText } from '../upload-rules.ts';
import { filesApi } from './file-queries.ts';
import type { UploadItem, UploadQueue } from './upload-queue.ts';
import type { Uploads } from './use-uploads.ts';

/** What is on its way, and what waits for its file after the page was loaded anew. */
export function UploadsPanel({ queue, items, begun }: Uploads) {
  if (items.length === 0 && begun.length === 0) return null;
  return (
    <div className="px-4 pb-4 sm:px-6">
      <CardList label="Uploads">
        {items.map((item) => (
          <UploadRow key={item.key} item={item} queue={queue} />
        ))}
        {begun.map((upload) => (
          <BegunRow key={upload.id} upload={upload} queue={queue} />
        ))}
      </CardList>
    </div>
  );
}

function UploadRow({ item, queue }: { item: UploadItem; queue: UploadQueue }) {
  const { key, name, state, sent, file } = item;
  const share = Math.round((sent / Math.max(1, file.size)) * 100);
  return (
    <li className="px-3 py-2">
      <div className="flex items-center gap-2">
        <StateIcon state={state} />
        <span className="min-w-0 flex-1 truncate text-sm" title={name}>
          {name}
        </span>
        <span className="shrink-0 text-xs text-ink-faint tabular-nums">{progressText(item)}</span>
        {state === 'sending' && (
          <IconButton size="icon-sm" label={`Pause ${name}`} onClick={() => queue.pause(key)}>
            <Pause aria-hidden />
          </IconButton>
        )}
        {state === 'paused' && (
          <IconButton size="icon-sm" label={`Go on with ${name}`} onClick={() => queue.resume(key)}>
            <Play aria-hidden />
          </IconButton>
        )}
        {state === 'failed' && (
          <IconButton size="icon-sm" label={`Try ${name} again`} onClick={() => queue.resume(key)}>
            <RotateCw aria-hidden />
          </IconButton>
        )}
        <IconButton
          size="icon-sm"
          label={state === 'done' ? `Hide ${name}` : `Discard ${name}`}
          onClick={() => void queue.discard(key)}
        >
          <X aria-hidden />
        </IconButton>
      </div>
      {(state === 'sending' || state === 'paused') && (
        <div
          role="progressbar"
          aria-label={`${name} is on its way`}
          aria-valuenow={share}
          aria-valuemin={0}
          aria-valuemax={100}
          className="mt-1.5 h-1 overflow-hidden rounded-full bg-pressed"
        >
          <div
            className="h-full rounded-full bg-accent transition-[width] duration-200"
            style={{ width: `${share}%` }}
          />
        </div>
      )}
      {item.error && (
        <p role="alert" className="mt-1 text-sm text-danger">
          {item.error}
        </p>
      )}
      {item.taken && <TakenName item={item} taken={item.taken} queue={queue} />}
    </li>
  );
}

/** The reader decides what an upload is whose name is there already. */
function TakenName({
  item: { key, name },
  taken: { fileId, suggestion },
  queue,
}: {
  item: UploadItem;
  taken: { fileId: string; suggestion: string };
  queue: UploadQueue;
}) {
  return (
    <div role="alert" className="mt-1.5 flex flex-wrap items-center gap-2 text-sm text-ink-soft">
      <span className="min-w-0 basis-full sm:basis-auto">There is a file of this name here.</span>
      <Button size="sm" onClick={() => queue.resume(key, { fileId })} title={name}>
        New version of it
      </Button>
      <Button size="sm" className="max-w-full" onClick={() => queue.resume(key, { name: suggestion })}>
        <span className="truncate">Keep both: {suggestion}</span>
      </Button>
    </div>
  );
}

/** On the server lies a part; only the reader has the rest. */
function BegunRow({ upload, queue }: { upload: Upload; queue: UploadQueue }) {
  const org = useOrg();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const { name, size, received, partSize, engagementId, folderId, fileId } = upload;
  const share = Math.min(99, Math.round(((received.length * partSize) / size) * 100));
  const choose = (file: File | undefined) => {
    if (file) queue.add([file], { engagementId, folderId }, [upload], fileId);
    if (input.current) input.current.value = '';
  };
  const discard = async () => {
    await filesApi.abandonUpload({ org: org.slug, params: { id: upload.id } }).catch(() => undefined);
    await queries.invalidateQueries({ queryKey: orgKey(org.slug, 'file_uploads') });
  };
  return (
    <li className="flex flex-wrap items-center gap-2 px-3 py-2">
      <StateIcon state="paused" />
      <span className="min-w-0 flex-1 basis-40 text-sm">
        <span className="block truncate" title={name}>
          {name}
        </span>
        <span className="block text-xs text-ink-faint">
          {share} % of {sizeText(size)} is here. Choose the same file to go on.
        </span>
      </span>
      <input
        ref={input}
        type="file"
        className="hidden"
        tabIndex={-1}
        aria-hidden
        onChange={(event) => choose(event.target.files?.[0])}
      />
      <Button size="sm" onClick={() => input.current?.click()} aria-label={`Choose ${name} to go on`}>
        Choose it
      </Button>
      <IconButton size="icon-sm" label={`Discard ${name}`} onClick={() => void discard()}>
        <X aria-hidden />
      </IconButton>
    </li>
  );
}

function StateIcon({ state }: { state: UploadItem['state'] }) {
  const look = 'size-4 shrink-0';
  if (state === 'done') return <CircleCheck aria-hidden className={`${look} text-good`} />;
  if (state === 'failed' || state === 'taken') return <CircleAlert aria-hidden className={`${look} text-danger`} />;
  if (state === 'paused') return <Pause aria-hidden className={`${look} text-ink-faint`} />;
  return <span aria-hidden className="mx-1 size-2 shrink-0 animate-breathe rounded-full bg-accent" />;
}

function progressText({ state, sent, file }: UploadItem): string {
  switch (state) {
    case 'waiting':
      return 'Waiting';
    case 'done':
      return 'Here';
    case 'failed':
      return 'Not here';
    case 'taken':
      return '';
    case 'paused':
      return `Paused at ${sizeText(sent)} of ${sizeText(file.size)}`;
    case 'sending':
      return `${sizeText(sent)} of ${sizeText(file.size)}`;
  }
}
