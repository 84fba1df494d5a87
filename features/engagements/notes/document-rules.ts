import * as Y from 'yjs';
import { deepest, isSafeLink, longestText, mostNodes } from './limits-rules.ts';

/** Name of the one thing in a note's document. */
export const rootName = 'text';

/** What a note is made of, and which attributes each may have: as the editor's extensions make them. */
const nodes: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  paragraph: {},
  heading: { level: (value) => isWhole(value, 1, 6) },
  bulletList: {},
  orderedList: { start: (value) => isWhole(value, 0, 1_000_000), type: isShortOrNone },
  listItem: {},
  blockquote: {},
  codeBlock: { language: isShortOrNone },
  horizontalRule: {},
  hardBreak: {},
  mention: { id: isShortOrNone, label: isShortOrNone, mentionSuggestionChar: (value) => value === '@' },
};

const marks: Readonly<Record<string, (value: unknown) => boolean>> = {
  bold: isPlain,
  italic: isPlain,
  underline: isPlain,
  strike: isPlain,
  code: isPlain,
  link: isLink,
};

const isWhole = (value: unknown, from: number, to: number) =>
  typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;

function isShortOrNone(value: unknown): boolean {
  return value === null || (typeof value === 'string' && value.length <= 300);
}

/** A mark without attributes: an empty object, or true. */
function isPlain(value: unknown): boolean {
  return value === true || (isObject(value) && Object.keys(value).length === 0);
}

function isLink(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { href, ...look } = value;
  return typeof href === 'string' && isSafeLink(href) && Object.values(look).every(isShortOrNone);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Found {
  /** What is in it that no note has; the first thing. */
  fault?: string;
  full?: boolean;
  words: string;
  /** Accounts of those who are mentioned. */
  mentioned: string[];
}

/** Looks a whole document through: what may not be in it, its words, and who is mentioned. */
export function readDocument(doc: Y.Doc): Found {
  const reading = new Reading();
  for (const name of doc.share.keys()) if (name !== rootName) reading.fault ??= `the part “${name}”`;
  reading.children(doc.getXmlFragment(rootName), 0);
  return reading.found();
}

class Reading {
  fault: string | undefined;
  #nodes = 0;
  #length = 0;
  #lines: string[] = [''];
  readonly #mentioned = new Set<string>();

  found(): Found {
    return {
      ...(this.fault !== undefined && { fault: this.fault }),
      full: this.#nodes > mostNodes || this.#length > longestText,
      words: this.#lines
        .map((line) => line.trimEnd())
        .join('\n')
        .replaceAll(/\n{3,}/g, '\n\n')
        .trim(),
      mentioned: [...this.#mentioned],
    };
  }

  children(parent: Y.XmlFragment, depth: number): void {
    if (depth > deepest) return void (this.fault ??= 'lists so deep in each other');
    for (const child of parent.toArray() as readonly unknown[]) {
      this.#nodes += 1;
      if (this.fault !== undefined || this.#nodes > mostNodes || this.#length > longestText) return;
      if (child instanceof Y.XmlElement) this.#element(child, depth);
      else if (child instanceof Y.XmlText) this.#text(child);
      else this.fault = 'something that is no text';
    }
  }

  #element(element: Y.XmlElement, depth: number): void {
    const name = element.nodeName;
    const attributes = Object.hasOwn(nodes, name) ? nodes[name] : undefined;
    if (!attributes) return void (this.fault = `“${name.slice(0, 40)}”`);
    const values: Record<string, unknown> = element.getAttributes();
    for (const [attribute, value] of Object.entries(values)) {
      const allows = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
      if (!allows?.(value)) return void (this.fault = `“${attribute.slice(0, 40)}” of “${name}”`);
    }
    if (name === 'mention') return this.#mention(values);
    if (name === 'hardBreak') return void this.#lines.push('');
    this.children(element, depth + 1);
    if (!['listItem', 'bulletList', 'orderedList', 'blockquote'].includes(name)) this.#lines.push('');
  }

  #mention({ id, label }: Readonly<Record<string, unknown>>): void {
    if (typeof id === 'string') this.#mentioned.add(id);
    if (typeof label === 'string') this.#write(`@${label}`);
  }

  #text(text: Y.XmlText): void {
    for (const part of text.toDelta() as readonly { insert: unknown; attributes?: Record<string, unknown> }[]) {
      if (typeof part.insert !== 'string') return void (this.fault = 'something in a line that is no text');
      for (const [mark, value] of Object.entries(part.attributes ?? {})) {
        const allows = Object.hasOwn(marks, mark) ? marks[mark] : undefined;
        if (!allows?.(value)) return void (this.fault = `the mark “${mark.slice(0, 40)}”`);
      }
      this.#write(part.insert);
    }
  }

  #write(text: string): void {
    this.#length += text.length;
    // PostgreSQL holds no NUL, and half a character is none.
    const last = this.#lines.length - 1;
    this.#lines[last] = `${this.#lines[last] ?? ''}${text.replaceAll('\u0000', '').toWellFormed()}`;
  }
}
