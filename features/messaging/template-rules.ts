/** A piece of a paragraph. */
export interface Run {
  text: string;
  bold?: true;
  /** https or mailto; nothing else becomes a link. */
  href?: string;
}

/** Lines of a paragraph, each of its runs. */
export type Paragraph = Run[][];

/** What is wrong with a wording, and where (from 0). */
export interface TemplateFault {
  at: number;
  message: string;
}

const variable = /\{\{([^{}]*)\}\}/g;

/**
 * Looks for variables that the kind doesn't have, and braces that open none. There is no logic in a
 * template: it can show values, and nothing else.
 */
export function templateFault(text: string, known: readonly string[]): TemplateFault | null {
  for (const match of text.matchAll(variable)) {
    const name = (match[1] ?? '').trim();
    if (known.includes(name)) continue;
    const may = known.map((one) => `{{${one}}}`).join(', ');
    return { at: match.index, message: `There is no {{${name}}} here. You can use ${may}.` };
  }
  const rest = text.replaceAll(variable, (found) => ' '.repeat(found.length));
  const at = rest.search(/\{\{|\}\}/);
  if (at < 0) return null;
  return { at, message: 'Write a variable as two braces, its name, and two braces: {{person.name}}.' };
}

/** `line 2, character 5`: where somebody looks for it. */
export function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  const character = (before.at(-1)?.length ?? 0) + 1;
  return before.length > 1 ? `line ${before.length}, character ${character}` : `character ${character}`;
}

/** The subject: one line, whatever the values hold, so that no value becomes a header of its own. */
export function fillSubject(template: string, values: Readonly<Record<string, string>>): string {
  return template
    .replaceAll(variable, (_, name: string) => values[name.trim()] ?? '')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}

const mark = /\*\*(.+?)\*\*|\[([^\][]+)\]\(([^()\s]+)\)|\{\{([^{}]*)\}\}/g;

/**
 * The paragraphs of a body. Marks count in the wording only: what stands in a value is text, so nobody's name can become
 * a link. A paragraph of which nothing is left is dropped.
 */
export function fillBody(template: string, values: Readonly<Record<string, string>>): Paragraph[] {
  return template
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split('\n').flatMap((line) => linesOf(runsOf(line, values, {}))))
    .filter((lines) => lines.some((runs) => runs.some(({ text }) => text.trim() !== '')));
}

type Looks = Pick<Run, 'bold' | 'href'>;

function runsOf(line: string, values: Readonly<Record<string, string>>, looks: Looks): Run[] {
  const runs: Run[] = [];
  let end = 0;
  const add = (text: string) => text !== '' && runs.push({ text, ...looks });
  for (const match of line.matchAll(mark)) {
    const [whole, bold, label, target, name] = match;
    add(line.slice(end, match.index));
    end = match.index + whole.length;
    const href = target === undefined ? undefined : linkTo(target);
    if (name !== undefined) add(values[name.trim()] ?? '');
    else if (bold !== undefined) runs.push(...runsOf(bold, values, { ...looks, bold: true }));
    else if (href && label !== undefined) runs.push(...runsOf(label, values, { ...looks, href }));
    else add(whole);
  }
  add(line.slice(end));
  return runs;
}

/** A value of several lines makes several. */
function linesOf(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const { text, ...looks } of runs) {
    for (const [index, part] of text.split(/\r\n|[\n\r\u2028\u2029]/).entries()) {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, ...looks });
    }
  }
  return lines;
}

function linkTo(target: string): string | undefined {
  if (!URL.canParse(target)) return undefined;
  const { protocol, href } = new URL(target);
  return protocol === 'https:' || protocol === 'mailto:' ? href : undefined;
}
