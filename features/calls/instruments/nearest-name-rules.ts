import { foldedName, knownNames } from './instrument-rules.ts';

/** The known name that a slip of one letter or two makes of this one; undefined when none is near. */
export function nearestName(name: string): string | undefined {
  const wanted = foldedName(name).slice(0, 40);
  const most = wanted.length < 4 ? 1 : 2;
  const near = knownNames
    .filter((known) => known.length > 1 && known[0] === wanted[0])
    .map((known) => ({ known, distance: distance(known, wanted) }))
    .filter(({ distance: apart }) => apart <= most)
    .sort((a, b) => a.distance - b.distance || a.known.length - b.known.length);
  return near[0]?.known;
}

/** Letters to put, take or change (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const changed = (row[j] ?? 0) + (letter === b[j] ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
