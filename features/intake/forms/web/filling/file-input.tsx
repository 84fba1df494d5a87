import { Paperclip, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import type { ControlProps } from '#platform/ui/field-frame.tsx';
import { largestFormFile, longest } from '../../value-rules.ts';

/** Takes one file in. @returns its id, to be sent with the answers */
export type Upload = (file: File) => Promise<{ id: string; name: string }>;

interface FileInputProps {
  control: ControlProps;
  /** Of the question, for those who listen. */
  label: string;
  ids: readonly string[];
  onIds: (ids: string[]) => void;
  /** Absent in the builder’s preview, where nothing is sent. */
  upload: Upload | undefined;
}

/** Files are sent when they are chosen, so that sending the form is quick; they go with it, or away in two days. */
export function FileInput({ control, label, ids, onIds, upload }: FileInputProps) {
  const picker = useRef<HTMLInputElement>(null);
  // Several are added one after the other, and each to those that are there by then.
  const latest = useRef(ids);
  latest.current = ids;
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const [fault, setFault] = useState<string | null>(null);
  const [onWay, setOnWay] = useState(0);
  const add = async (file: File) => {
    if (file.size > largestFormFile) return setFault(`“${file.name}” is larger than 8 MB.`);
    if (file.size === 0) return setFault(`“${file.name}” is empty.`);
    setOnWay((count) => count + 1);
    try {
      const added = await upload?.(file);
      if (!added) return;
      setNames((known) => ({ ...known, [added.id]: added.name }));
      onIds([...latest.current, added.id]);
    } catch (error) {
      setFault(errorText(error));
    } finally {
      setOnWay((count) => count - 1);
    }
  };
  const addAll = async (chosen: readonly File[]) => {
    const room = longest.files - ids.length;
    setFault(chosen.length > room ? `At most ${longest.files} files.` : null);
    for (const file of chosen.slice(0, room)) await add(file);
  };
  return (
    <div className="grid justify-items-start gap-1.5">
      {ids.length > 0 && (
        <ul aria-label={label} className="grid w-full gap-1.5">
          {ids.map((id, index) => {
            const name = names[id] ?? `File ${index + 1}`;
            return (
              <li key={id} className="flex min-h-11 items-center gap-2 rounded-md border border-line bg-surface px-3">
                <Paperclip aria-hidden className="size-4 shrink-0 text-ink-faint" />
                <span className="min-w-0 flex-1 truncate" title={name}>
                  {name}
                </span>
                <IconButton
                  label={`Take ${name} away`}
                  size="icon-lg"
                  onClick={() => onIds(ids.filter((one) => one !== id))}
                >
                  <X aria-hidden />
                </IconButton>
              </li>
            );
          })}
        </ul>
      )}
      <input
        ref={picker}
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden
        className="sr-only"
        onChange={({ target }) => {
          const chosen = [...(target.files ?? [])];
          target.value = '';
          void addAll(chosen);
        }}
      />
      {ids.length < longest.files && (
        <Button
          id={control.id}
          aria-describedby={control['aria-describedby']}
          busy={onWay > 0}
          disabled={!upload}
          className="h-11 px-4 text-[1rem]"
          onClick={() => picker.current?.click()}
        >
          <Paperclip aria-hidden /> {onWay > 0 ? 'Adding…' : ids.length > 0 ? 'Add another file' : 'Add a file'}
        </Button>
      )}
      {fault && (
        <p role="alert" className="text-xs text-danger">
          {fault}
        </p>
      )}
    </div>
  );
}
