import { readFileSync } from 'node:fs';
import path from 'node:path';

const file = path.join(import.meta.dirname, '../data/nyphil-2024-25.json');

/** The season that comes with Holdfast, as JSON text (CC0; see data/README.md). */
export function bundledSeason(): string {
  return readFileSync(file, 'utf8');
}
