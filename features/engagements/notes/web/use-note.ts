import { useEffect, useState, useSyncExternalStore } from 'react';
import { openNote, type NoteSync, type SyncLook } from './note-sync.ts';

/** The document of a note while something on the page shows it, and how it stands with the server. */
export function useNote(org: string, id: string): { sync: NoteSync | null; look: SyncLook } {
  const [sync, setSync] = useState<NoteSync | null>(null);
  useEffect(() => {
    const opened = openNote(org, id);
    setSync(opened);
    return () => {
      setSync(null);
      opened.leave();
    };
  }, [org, id]);
  const look = useSyncExternalStore(sync?.subscribe ?? nothing, sync?.look ?? loading);
  return { sync, look };
}

const nothing = () => () => undefined;
const isLoading: SyncLook = { state: 'loading', error: null };
const loading = () => isLoading;
