import { File, FileArchive, FileAudio, FileImage, FileSpreadsheet, FileText, FileVideo } from 'lucide-react';

/** A picture that says what kind of file it is, by its media type. */
export function TypeIcon({ type }: { type: string }) {
  const look = { 'aria-hidden': true, className: 'size-4 shrink-0 text-ink-faint' };
  if (type.startsWith('image/')) return <FileImage {...look} />;
  if (type.startsWith('audio/')) return <FileAudio {...look} />;
  if (type.startsWith('video/')) return <FileVideo {...look} />;
  if (/spreadsheet|excel|csv|tab-separated/.test(type)) return <FileSpreadsheet {...look} />;
  if (/zip|7z/.test(type)) return <FileArchive {...look} />;
  return /pdf|text|word|opendocument|officedocument/.test(type) ? <FileText {...look} /> : <File {...look} />;
}
