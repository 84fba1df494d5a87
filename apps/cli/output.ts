import type { ErrorDescription } from './errors.ts';

/**
 * What a command says. With `--json` standard output is exactly one line, the result as an object; an error is
 * one line on standard error. Without, both are for people.
 */
export class Output {
  readonly json: boolean;

  constructor(json: boolean) {
    this.json = json;
  }

  /** @param text the same as lines to read */
  result(value: object, text: string): void {
    process.stdout.write(`${this.json ? JSON.stringify(value) : text}\n`);
  }

  /** Something on the way, for people only, and not into a pipe. */
  progress(text: string): void {
    if (!this.json && process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
  }

  /** An explanation beside the result. */
  note(text: string): void {
    if (!this.json) process.stderr.write(`${text}\n`);
  }

  error(error: ErrorDescription): void {
    process.stderr.write(`${this.json ? JSON.stringify({ error }) : error.message}\n`);
  }
}

/** Rows in columns as wide as their widest cell, for people. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, index) =>
    Math.max(heading.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return [headings, ...rows].map(line).join('\n');
}
