/** Longest name of a file or folder, in characters; file systems take 255 bytes, and one may take it home. */
export const longestName = 150;

/**
 * Characters that make a name read otherwise than it is, or that other systems refuse: controls, separators of paths,
 * what Windows forbids, directions of writing, and characters of no width.
 */
const forbidden = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\\/:*?"<>|\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
/** Names of devices, whatever their ending. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** @returns what is wrong with a name and what to do; undefined when it may be used */
export function nameFault(name: string): string | undefined {
  if (name === '') return 'Give it a name.';
  if (Array.from(name).length > longestName || new TextEncoder().encode(name).length > 240)
    return `Use at most ${longestName} characters.`;
  if (forbidden.test(name)) return 'Leave out invisible characters and \\ / : * ? " < > |.';
  if (name.startsWith('.')) return 'Begin the name with something other than a dot.';
  if (/[.\s]$/.test(name)) return 'End the name without a dot or a space.';
  if (devices.test(name)) return 'Windows keeps this name for a device. Choose another one.';
  return undefined;
}

/** As it is kept: one way to write each character, one space where there were several. */
export function tidyName(name: string): string {
  return name.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
}

/** `rider.pdf` → `rider (2).pdf`, the first that nobody has. @param taken in any writing */
export function freeName(name: string, taken: readonly string[]): string {
  const used = new Set(taken.map((one) => one.toLowerCase()));
  if (!used.has(name.toLowerCase())) return name;
  const ending = endingOf(name);
  const stem = (ending ? name.slice(0, -ending.length - 1) : name).replace(/ \(\d+\)$/, '');
  for (let number = 2; ; number++) {
    const mark = ` (${number})${ending && name.slice(-ending.length - 1)}`;
    const candidate =
      Array.from(stem)
        .slice(0, longestName - mark.length)
        .join('')
        .trimEnd() + mark;
    if (!used.has(candidate.toLowerCase())) return candidate;
  }
}

/** `Rider.PDF` → `pdf`; '' without one. */
export function endingOf(name: string): string {
  return /[^.]\.([^.\s]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
