import { FileText, Upload, X } from 'lucide-react';
import { useRef, useState, type DragEvent } from 'react';
import { decodeText } from '../text/decode.ts';
import { Button, IconButton } from './button.tsx';
import { cn } from './class-names.ts';

interface FilePickerProps {
  /** File types, as an input's `accept`. */
  accept: string;
  /** The name of the chosen file. */
  name: string | null;
  onFile: (file: { name: string; content: string }) => void;
  onClear?: () => void;
  'aria-describedby'?: string;
}

/** Chooses a text file by its button, or by dropping it. */
export function FilePicker({ accept, name, onFile, onClear, ...aria }: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const read = async (file: File | undefined) => {
    if (file) onFile({ name: file.name, content: decodeText(new Uint8Array(await file.arrayBuffer())) });
    // The same file chosen again, after it was mended, must be noticed.
    if (input.current) input.current.value = '';
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void read(event.dataTransfer.files[0]);
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={cn(
        'flex min-h-10 items-center gap-2 rounded-md border border-dashed border-line-strong px-2 py-1.5',
        over && 'border-accent bg-accent-soft',
      )}
    >
      <input
        ref={input}
        type="file"
        accept={accept}
        className="hidden"
        tabIndex={-1}
        aria-hidden
        onChange={(event) => void read(event.target.files?.[0])}
      />
      <Button size="sm" onClick={() => input.current?.click()} {...aria}>
        <Upload aria-hidden /> Choose a file
      </Button>
      {name ? (
        <span className="flex min-w-0 flex-1 items-center gap-1.5 text-sm">
          <FileText aria-hidden className="size-4 shrink-0 text-ink-faint" />
          <span className="truncate" title={name}>
            {name}
          </span>
        </span>
      ) : (
        <span className="min-w-0 flex-1 truncate text-sm text-ink-faint">or drop it here</span>
      )}
      {onClear && (
        <IconButton label="Remove the file" size="icon-sm" onClick={onClear}>
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
