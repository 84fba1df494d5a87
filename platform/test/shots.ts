import { mkdirSync, writeFileSync } from 'node:fs';

/** Where tests leave what they made, to be looked at afterwards; only when set. */
export const shotsFolder = process.env['HOLDFAST_SHOTS'];
if (shotsFolder) mkdirSync(shotsFolder, { recursive: true });

/** Leaves a file there. */
export function keep(name: string, content: Uint8Array | string): void {
  if (shotsFolder) writeFileSync(`${shotsFolder}/${name}`, content);
}
