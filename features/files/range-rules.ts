/** Both ends included. */
export interface Range {
  first: number;
  last: number;
}

/**
 * One range of a `Range` header over so many bytes.
 * @returns undefined for the whole (no header, several ranges, or none that we understand); null for one outside
 */
export function rangeOf(header: string | undefined, size: number): Range | undefined | null {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? null : { first: size - length, last: size - 1 };
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return undefined;
  return first >= size ? null : { first, last };
}
