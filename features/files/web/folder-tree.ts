import type { Folder } from '../contract.ts';

/** A folder and those around it, the outermost first. */
export function pathOf(folders: readonly Folder[], id: string | undefined): Folder[] {
  const path: Folder[] = [];
  for (let at = folders.find((one) => one.id === id); at && path.length < 50;) {
    path.unshift(at);
    const { parentId } = at;
    at = folders.find((one) => one.id === parentId);
  }
  return path;
}

/** “Press / Photos” of every folder that something may be put into: not into itself, nor below. */
export function choicesOf(folders: readonly Folder[], but?: string): { id: string; label: string }[] {
  return folders
    .map(({ id }) => ({ id, path: pathOf(folders, id) }))
    .filter(({ path }) => but === undefined || !path.some((one) => one.id === but))
    .map(({ id, path }) => ({ id, label: path.map(({ name }) => name).join(' / ') }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
