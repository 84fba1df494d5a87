import { fillBody, placeOf, templateFault, type Run } from '#features/messaging/template-rules.ts';

/** Lines of a text, each of its runs. */
export type Lines = readonly (readonly Run[])[];

/** A piece of a contract, in the order of the page. */
export type Piece =
  | { kind: 'title' | 'heading' | 'paragraph'; lines: Lines }
  | { kind: 'clause'; number: string; lines: Lines }
  | { kind: 'list'; items: readonly Lines[] }
  | { kind: 'page' }
  | { kind: 'signatures'; labels: readonly Lines[] };

/** What stands where a value is missing: room for a pen. */
export const blank = '________________';

/** At most, in characters. */
export const longestBody = 60_000;

type Raw =
  | { kind: 'title' | 'heading' | 'paragraph' | 'clause' | 'subclause'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'page' }
  | { kind: 'signatures'; labels: string[] };

/**
 * The pieces of a wording. Its markup is one of lines:
 * `# Title`, `## Heading`, `1. A numbered clause`, `1.1. A part of it`, `- An item`, `---` for a new page,
 * `[sign: The artist; The promoter]` for places to sign; everything else is a paragraph, which ends at an empty line.
 * Clauses are counted here, whatever number they are written with. Within a line there is `**bold**` and `{{variables}}`.
 */
export function piecesOf(body: string, values: Readonly<Record<string, string>>): Piece[] {
  const written = (text: string): Lines => fillBody(text, values)[0] ?? [];
  let clause = 0;
  let part = 0;
  return rawPieces(body).flatMap((raw): Piece[] => {
    switch (raw.kind) {
      case 'page':
        return [raw];
      case 'list':
        return [{ kind: 'list', items: raw.items.map(written) }];
      case 'signatures':
        return [{ kind: 'signatures', labels: raw.labels.map(written) }];
      case 'clause':
      case 'subclause': {
        // A part before any clause is a clause itself.
        const whole = raw.kind === 'clause' || clause === 0;
        clause += whole ? 1 : 0;
        part = whole ? 0 : part + 1;
        return [{ kind: 'clause', number: whole ? `${clause}.` : `${clause}.${part}`, lines: written(raw.text) }];
      }
      default: {
        const lines = written(raw.text);
        return lines.length > 0 ? [{ kind: raw.kind, lines }] : [];
      }
    }
  });
}

function rawPieces(body: string): Raw[] {
  const pieces: Raw[] = [];
  // Whether the line before may still go on.
  let open = false;
  for (const line of body.replaceAll('\r\n', '\n').split('\n')) {
    const text = line.trim();
    const begun = text === '' ? undefined : beginningOf(text);
    const last = pieces.at(-1);
    if (text === '') open = false;
    else if (begun?.kind === 'list' && open && last?.kind === 'list') last.items.push(...begun.items);
    else if (begun) {
      pieces.push(begun);
      open = begun.kind !== 'page' && begun.kind !== 'signatures' && begun.kind !== 'title' && begun.kind !== 'heading';
    } else if (open && last?.kind === 'list') last.items.push(`${last.items.pop() ?? ''}\n${text}`);
    else if (open && last && 'text' in last) last.text += `\n${text}`;
    else {
      pieces.push({ kind: 'paragraph', text });
      open = true;
    }
  }
  return pieces;
}

/** What a line begins by its first signs; undefined: nothing, it is text. */
function beginningOf(line: string): Raw | undefined {
  if (/^-{3,}$/.test(line)) return { kind: 'page' };
  const sign = /^\[sign:([^\]]*)\]$/i.exec(line);
  if (sign) return { kind: 'signatures', labels: (sign[1] ?? '').split(';').map((each) => each.trim()) };
  const marked = /^(##|#|-|\d+\.\d+\.?|\d+\.)\s+(.+)$/.exec(line);
  if (!marked) return undefined;
  const [, mark = '', text = ''] = marked;
  if (mark === '-') return { kind: 'list', items: [text] };
  if (mark === '#' || mark === '##') return { kind: mark === '#' ? 'title' : 'heading', text };
  return { kind: /^\d+\.\d/.test(mark) ? 'subclause' : 'clause', text };
}

/** Names of the variables that a wording uses, each once, in order. */
export function variablesIn(body: string): string[] {
  return [...new Set([...body.matchAll(/\{\{([^{}]*)\}\}/g)].map((match) => (match[1] ?? '').trim()))];
}

/** What is wrong with a wording, with its place, as a sentence; null: nothing. */
export function bodyFault(body: string, known: readonly string[]): string | null {
  const fault = templateFault(body, known);
  if (!fault) return null;
  const names = variablesIn(body).filter((name) => !known.includes(name));
  const [unknown] = names;
  const what =
    unknown === undefined ? fault.message : `There is no {{${unknown}}}. Take one from the list of variables.`;
  return `At ${placeOf(body, fault.at)}: ${what}`;
}

/**
 * The values with room for a pen where one is missing.
 * @param optional those that may be missing: nothing stands there then
 */
export function withBlanks(
  body: string,
  values: Readonly<Record<string, string>>,
  optional: readonly string[] = [],
): { values: Record<string, string>; missing: string[] } {
  const wanted = variablesIn(body).filter((name) => !optional.includes(name));
  const missing = wanted.filter((name) => (values[name] ?? '').trim() === '');
  return { values: { ...values, ...Object.fromEntries(missing.map((name) => [name, blank])) }, missing };
}
