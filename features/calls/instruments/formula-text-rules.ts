import type { FormulaNeed } from './formula-needs.ts';
import { instrumentOf, type InstrumentCode } from './instrument-rules.ts';

const woodwinds = ['fl', 'ob', 'cl', 'bn'] as const;
const brass = ['hn', 'tp', 'tb', 'tu'] as const;
const strings = ['vn1', 'vn2', 'va', 'vc', 'db'] as const;

/** Needs as `parseFormula` makes them → the formula: reading it gives the same needs. */
export function formatFormula(needs: readonly FormulaNeed[]): string {
  const groups = groupsOf(needs);
  const slotOf = (code: InstrumentCode) =>
    groups.find(([first]) => first && instrumentOf(first.instrument).base === code);
  const winds = [woodwinds, brass].map((slots) => slots.map((code) => [code, slotOf(code)] as const));
  const seated = new Set(winds.flat().map(([, group]) => group));
  const named = groups.filter((group) => !seated.has(group) && !isString(group));
  const sections = strings.map((code) => playersOf(needs, code));
  return [
    ...winds.map((slots) =>
      slots.map(([code, group]) => `${group?.length ?? 0}${bracketOf(code, group ?? [])}`).join(' '),
    ),
    // As it is written everywhere: tmp+2.
    ...named
      .map(namedText)
      .join(' - ')
      .replace(/^(.*\btmp) - (\d*)perc(?!\[)/, (_, timpani: string, count: string) => `${timpani}+${count || 1}`)
      .split(' - ')
      .filter(Boolean),
    ...(sections.some((count) => count > 0) ? [sections.join('.')] : []),
  ].join(' - ');
}

/** Each from its principal on. */
function groupsOf(needs: readonly FormulaNeed[]): FormulaNeed[][] {
  const groups: FormulaNeed[][] = [];
  for (const need of needs) {
    if (need.kind === 'principal') groups.push([need]);
    else groups.at(-1)?.push(need);
  }
  return groups;
}

function isString([first]: readonly FormulaNeed[]): boolean {
  return strings.some((code) => code === first?.instrument);
}

function playersOf(needs: readonly FormulaNeed[], code: InstrumentCode): number {
  return needs.filter(({ instrument }) => instrument === code).reduce((sum, { quantity }) => sum + quantity, 0);
}

function namedText(group: readonly FormulaNeed[]): string {
  const code = group[0]?.instrument;
  if (!code) return '';
  return `${group.length > 1 ? group.length : ''}${code}${bracketOf(code, group)}`;
}

/** Nothing where everybody plays the instrument and no other. */
function bracketOf(code: InstrumentCode, group: readonly FormulaNeed[]): string {
  if (group.every(({ instrument, doubles }) => instrument === code && doubles.length === 0)) return '';
  const players = group.map(({ instrument, doubles }, index) =>
    [instrument === code ? String(index + 1) : instrument, ...doubles].join('/'),
  );
  return `[${players.join('.')}]`;
}
