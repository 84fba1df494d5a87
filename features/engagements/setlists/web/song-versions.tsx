import { Plus, X } from 'lucide-react';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import type { SongVersion } from '../contract.ts';
import { LengthInput } from './length-input.tsx';

/** A version as it is being written; `rowId` is its own while it has no id. */
export interface VersionDraft {
  rowId: string;
  id: string | null;
  name: string;
  songKey: string;
  bpm: number | null;
  seconds: number | null;
}

export function draftsOf(versions: readonly SongVersion[]): VersionDraft[] {
  return versions.map((one) => ({ ...one, rowId: one.id, songKey: one.songKey ?? '' }));
}

/** What is sent: those that have a name. */
export function versionsOf(drafts: readonly VersionDraft[]) {
  return drafts
    .filter(({ name }) => name.trim())
    .map(({ id, name, songKey, bpm, seconds }) => ({
      ...(id ? { id } : {}),
      name: name.trim(),
      songKey: songKey.trim() || null,
      bpm,
      seconds,
    }));
}

interface SongVersionsProps {
  drafts: readonly VersionDraft[];
  onDrafts: (drafts: VersionDraft[]) => void;
}

/** Other ways to play a song; what is left empty is as in the song. */
export function SongVersions({ drafts, onDrafts }: SongVersionsProps) {
  const change = (rowId: string, part: Partial<VersionDraft>) =>
    onDrafts(drafts.map((one) => (one.rowId === rowId ? { ...one, ...part } : one)));
  const add = () =>
    onDrafts([...drafts, { rowId: crypto.randomUUID(), id: null, name: '', songKey: '', bpm: null, seconds: null }]);
  return (
    <FieldFrame label="Versions" group hint="Acoustic, radio edit. What is left empty is as in the song.">
      {() => (
        <div className="grid gap-2">
          {drafts.map((one) => (
            <div
              key={one.rowId}
              className="grid grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_2rem] gap-2"
            >
              <Input
                aria-label="Name of the version"
                placeholder="Acoustic"
                maxLength={120}
                value={one.name}
                onChange={({ target }) => change(one.rowId, { name: target.value })}
              />
              <Input
                aria-label={`Key, ${one.name}`}
                placeholder="Key"
                maxLength={20}
                value={one.songKey}
                onChange={({ target }) => change(one.rowId, { songKey: target.value })}
              />
              <Input
                aria-label={`BPM, ${one.name}`}
                placeholder="BPM"
                type="number"
                inputMode="numeric"
                min={1}
                max={999}
                value={one.bpm ?? ''}
                onChange={({ target }) =>
                  change(one.rowId, { bpm: target.value ? Math.trunc(Number(target.value)) : null })
                }
                className="tabular-nums"
              />
              <LengthInput
                aria-label={`Length, ${one.name}`}
                value={one.seconds}
                onValue={(seconds) => change(one.rowId, { seconds })}
              />
              <IconButton
                label={`Remove the version ${one.name}`}
                onClick={() => onDrafts(drafts.filter(({ rowId }) => rowId !== one.rowId))}
              >
                <X aria-hidden />
              </IconButton>
            </div>
          ))}
          <div>
            <Button size="sm" onClick={add} disabled={drafts.length >= 30}>
              <Plus aria-hidden /> Add a version
            </Button>
          </div>
        </div>
      )}
    </FieldFrame>
  );
}
