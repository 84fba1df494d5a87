import { Upload } from 'lucide-react';
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { cn } from '#platform/ui/class-names.ts';

interface DropZoneProps {
  /** Undefined: nothing may be dropped here. */
  onFiles: ((files: File[]) => void) | undefined;
  children: ReactNode;
}

/** Takes files that are dropped anywhere on it, and says so while they are above. */
export function DropZone({ onFiles, children }: DropZoneProps) {
  // Each child that is entered and left tells; only the last leaving is one.
  const depth = useRef(0);
  const [over, setOver] = useState(false);
  if (!onFiles) return <>{children}</>;
  const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');
  const leave = () => {
    depth.current = 0;
    setOver(false);
  };
  return (
    <div
      className="relative"
      onDragEnter={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        depth.current++;
        setOver(true);
      }}
      onDragOver={(event) => {
        if (holdsFiles(event)) event.preventDefault();
      }}
      onDragLeave={() => {
        if (--depth.current <= 0) leave();
      }}
      onDrop={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        leave();
        // A folder is an entry without bytes: nothing is said to be of that type.
        const entries = Array.from(event.dataTransfer.items, (item) => ({
          file: item.getAsFile(),
          folder: item.webkitGetAsEntry()?.isDirectory ?? false,
        }));
        onFiles(entries.flatMap(({ file, folder }) => (file && !folder ? [file] : [])));
      }}
    >
      {children}
      <div
        aria-hidden
        className={cn(
          'pointer-events-none absolute inset-2 z-10 hidden place-items-center rounded-xl border-2 border-dashed border-accent bg-accent-soft/90 text-on-accent-soft',
          over && 'grid',
        )}
      >
        <span className="flex items-center gap-2 text-base font-medium">
          <Upload className="size-5" /> Drop to upload
        </span>
      </div>
    </div>
  );
}
