/** Bytes of each part but the last: 8 MiB. Stores want at least 5. */
export const partSize = 8 * 1024 * 1024;
/** Bytes of the largest file: 1 GiB. Recordings of a whole concert fit; what a virus scanner takes is mostly less. */
export const largestFile = 1024 ** 3;

export interface PartPlace {
  /** 1 is the first. */
  number: number;
  size: number;
}

/** The part that begins at an offset of a file. @returns undefined where none begins */
export function partAt(offset: number, size: number): PartPlace | undefined {
  if (!Number.isSafeInteger(offset) || offset < 0 || offset >= size || offset % partSize !== 0) return undefined;
  return { number: offset / partSize + 1, size: Math.min(partSize, size - offset) };
}

/** Offsets of the parts that have not arrived yet, in order. */
export function missingOffsets(size: number, arrived: Iterable<number>): number[] {
  const there = new Set(arrived);
  const count = Math.ceil(size / partSize);
  return Array.from({ length: count }, (_, index) => index * partSize).filter((offset) => !there.has(offset));
}

/** “3.2 MB”, for people. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  const unit = bytes < 999_950 ? 'kB' : bytes < 999_950_000 ? 'MB' : 'GB';
  const value = bytes / { kB: 1e3, MB: 1e6, GB: 1e9 }[unit];
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
