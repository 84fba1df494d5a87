import { useQuery } from '@tanstack/react-query';
import { Download, ExternalLink, RotateCcw } from 'lucide-react';
import { useChange } from '#platform/client/use-change.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { Skeleton, SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { formatTime } from '#platform/time/format.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { File, FileVersion } from '../contract.ts';
import { previewOf } from '../file-kinds.ts';
import { sizeText } from '../upload-rules.ts';
import { downloadFile, fileQuery, filesApi, fileTables, showLinkQuery } from './file-queries.ts';
import { stateWords } from './file-words.ts';

interface FilePanelProps {
  /** Null: closed. */
  file: File | null;
  onClose: () => void;
  onNewVersion: (file: File) => void;
}

/** One file beside the list: a look at it, and its versions. */
export function FilePanel({ file, onClose, onNewVersion }: FilePanelProps) {
  const org = useOrg();
  const one = useQuery({ ...fileQuery(org.slug, file?.id ?? ''), enabled: file !== null });
  const shown = one.data?.file ?? file;
  return (
    <Dialog open={file !== null} onOpenChange={(open) => !open && onClose()} title={shown?.name ?? ''} as="panel">
      {shown && (
        <>
          <Look file={shown} content={shown.current ?? shown.newest} />
          {shown.trashedAt === null && (
            <div className="flex flex-wrap gap-2 py-4">
              {shown.current && <DownloadButton file={shown} />}
              {org.can('files.write') && <Button onClick={() => onNewVersion(shown)}>Upload a new version</Button>}
            </div>
          )}
          {one.isPending && <SkeletonRows rows={2} />}
          {one.error && <ErrorNotice error={one.error} onRetry={() => void one.refetch()} />}
          {one.data && <Versions file={one.data.file} versions={one.data.versions} />}
        </>
      )}
    </Dialog>
  );
}

function DownloadButton({ file }: { file: File }) {
  const org = useOrg();
  const toast = useToast();
  const say = (error: unknown) =>
    toast({ tone: 'danger', title: `${file.name} can’t be downloaded`, detail: errorText(error) });
  return (
    <Button variant="primary" onClick={() => void downloadFile(org.slug, file.id).catch(say)}>
      <Download aria-hidden /> Download
    </Button>
  );
}

/** A picture here, a PDF in the browser's own viewer; only what was found clean. */
function Look({ file, content: { id, type, state } }: { file: File; content: File['newest'] }) {
  const org = useOrg();
  const preview = previewOf(type);
  const link = useQuery({
    ...showLinkQuery(org.slug, file.id, id),
    enabled: preview !== null && state === 'clean' && file.trashedAt === null,
  });
  const note = stateWords[state];
  if (note) return <p className="rounded-md bg-sunken px-3 py-2.5 text-sm text-pretty text-ink-soft">{note.means}</p>;
  if (preview === null || file.trashedAt !== null) return null;
  if (link.error) return <ErrorNotice error={link.error} onRetry={() => void link.refetch()} />;
  if (!link.data)
    return <Skeleton className={preview === 'image' ? 'h-52 w-full rounded-lg' : 'h-10 w-full rounded-md'} />;
  if (preview === 'image')
    return (
      <img
        src={link.data.url}
        alt={file.name}
        className="max-h-[50dvh] w-full rounded-lg border border-line bg-sunken object-contain"
      />
    );
  return (
    <Button asChild size="lg" className="w-full">
      <a href={link.data.url} target="_blank" rel="noreferrer">
        <ExternalLink aria-hidden /> Look at it in a new tab
      </a>
    </Button>
  );
}

function Versions({ file, versions }: { file: File; versions: readonly FileVersion[] }) {
  return (
    <Section title={versions.length === 1 ? 'Version' : 'Versions'}>
      <CardList label="Versions">
        {versions.map((version) => (
          <VersionRow key={version.id} file={file} version={version} />
        ))}
      </CardList>
    </Section>
  );
}

function VersionRow({ file, version }: { file: File; version: FileVersion }) {
  const org = useOrg();
  const toast = useToast();
  const { id, number, size, state, problem, createdAt, uploadedBy, current } = version;
  const restore = useChange(org.slug, fileTables, (_: null, call) =>
    filesApi.restoreVersion({ org: org.slug, params: { id: file.id, versionId: id } }, call),
  );
  const say = (title: string) => (error: unknown) => toast({ tone: 'danger', title, detail: errorText(error) });
  const note = stateWords[state];
  const served = (state === 'clean' || state === 'unscanned') && file.trashedAt === null;
  return (
    <li className="flex items-start gap-2 px-3 py-2.5 text-sm">
      <span className="mt-px w-7 shrink-0 font-medium tabular-nums">v{number}</span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="truncate" title={uploadedBy}>
            {uploadedBy || 'Shared with you'}
          </span>
          {current && <Badge tone="accent">Current</Badge>}
          {note && <Badge tone={note.tone}>{note.label}</Badge>}
        </p>
        <p className="text-xs text-ink-faint">
          {formatTime(createdAt, org.zone, 'dateTime')}, {sizeText(size)}
        </p>
        {problem && <p className="mt-1 text-sm text-pretty text-danger">{problem}</p>}
      </div>
      {served && !current && org.can('files.write') && (
        <IconButton
          size="icon-sm"
          label={`Make version ${number} the current one`}
          onClick={() => restore.mutate(null, { onError: say('The current version is as it was') })}
        >
          <RotateCcw aria-hidden />
        </IconButton>
      )}
      {served && (
        <IconButton
          size="icon-sm"
          label={`Download version ${number}`}
          onClick={() => void downloadFile(org.slug, file.id, id).catch(say(`Version ${number} can’t be downloaded`))}
        >
          <Download aria-hidden />
        </IconButton>
      )}
    </li>
  );
}
