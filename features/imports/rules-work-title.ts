/** Titles of works as the Philharmonic's archive files them, in capitals and turned around → as a poster has them. */

const genre = /^(CONCERTO|SONATA|TRIO|QUARTET|QUINTET|SEXTET|SEPTET|OCTET|DUO)$/;
const instrument =
  /^((?:PIANO|VIOLIN|VIOLA|CELLO|BASS|FLUTE|OBOE|CLARINET|BASSOON|HORN|TRUMPET|TROMBONE|HARP|ORGAN|GUITAR|PERCUSSION|WOODWINDS?|STRINGS?)(?: AND [A-Z]+)*)( NO\. *\d+)?$/;
const key = /^[A-G](?:[- ]?(?:FLAT|SHARP))? (?:MAJOR|MINOR)$/;
const catalogue = /^(?:OP|OPUS|K|D|H|HOB|BWV|SZ|BB|MWV|WOO|CH|RV|CT|TRV|S)\b\.? ?(?:POSTH|[A-Z]* ?[\dIVX])/;
const article = /^(THE|AN?|LA|LES?|DER|DIE|DAS|IL|EL)(:.*)?$/;

/** `CONCERTO, PIANO, NO. 1, D MINOR, OP.15` → `Piano Concerto No. 1`; `VALSE, LA` → `La Valse`. */
export function readableTitle(filed: string): string {
  const bare = filed
    .replace(/\((?:ARR|ORIG|ORCH)[^)]*\)|\[[^\]]*\]/gi, ' ')
    .replace(/ IN [A-G](?:[- ]?(?:FLAT|SHARP))? (?:MAJOR|MINOR)\b/gi, ' ')
    .replace(/^CON\.,/, 'CONCERTO,')
    .replace(/\s+/g, ' ')
    .trim();
  const nickname = /\(([^)]+)\)$/.exec(bare)?.[0] ?? '';
  const parts = bare
    .slice(0, bare.length - nickname.length)
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const title = assembled(withoutNumbers(parts));
  return capitalised([title, nickname].filter(Boolean).join(' '));
}

/** Without keys and catalogue numbers, and the number of a piece within its opus. */
function withoutNumbers(parts: readonly string[]): string[] {
  const [head = '', ...rest] = parts;
  const kept = rest.filter((part, index) => {
    const before = rest[index - 1] ?? '';
    const inOpus = /^NO\. *\d+$/.test(part) && catalogue.test(before);
    return !key.test(part) && !catalogue.test(part) && !inOpus;
  });
  return [head, ...kept];
}

function assembled([head = '', ...rest]: readonly string[]): string {
  const [first = '', ...others] = rest;
  const [, turned, tail = ''] = article.exec(first) ?? [];
  if (turned) return [`${turned} ${head}${tail}`, ...others].join(', ');
  if (!genre.test(head)) return [head, ...rest].join(', ').replace(/, (NO\. *\d+)$/, ' $1');
  const played = rest.map((part) => instrument.exec(part)).filter((match) => match !== null);
  const number = [
    ...rest.map((part) => /^NO\. *\d+$/.exec(part)?.[0]),
    ...played.map((match) => match[2]?.trim()),
  ].find(Boolean);
  const names = played.flatMap((match) => (match[1] ?? '').replace(/^(STRING|WOODWIND)S$/, '$1').split(' AND '));
  const name = names.length === 1 ? `${names[0]} ${head}` : names.length === 0 ? head : `${head} FOR ${listed(names)}`;
  return number ? `${name} ${number}` : name;
}

function listed(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} AND ${names.at(-1)}` : (names[0] ?? '');
}

const small = new Set(
  'a an and at by for from in of on or the to with de des du et la le les el il y und der die das von un une'.split(
    ' ',
  ),
);

/** English title case, from capitals. */
function capitalised(text: string): string {
  const words = text.replace(/NO\. *(?=\d)/g, 'NO. ').split(' ');
  return words.map((word, index) => wordOf(word, index === 0 || /[:.!?]$/.test(words[index - 1] ?? ''))).join(' ');
}

function wordOf(word: string, first: boolean): string {
  if (/^\(?[IVX]+[:,)]*$/.test(word) || /^(?:[A-Z]\.)+$/.test(word) || /\d/.test(word)) return word;
  const lower = word.toLowerCase();
  if (!first && small.has(lower)) return lower;
  // L'Histoire, Nuits d'Ete.
  const [, elided, rest] = /^([dl]['’])(.+)$/u.exec(lower) ?? [];
  if (!elided || !rest) return raised(lower);
  return (first || elided.startsWith('l') ? raised(elided) : elided) + raised(rest);
}

/** Capitals at the start and after a hyphen, a slash, a bracket or a quotation mark; not in John's. */
function raised(word: string): string {
  return word.replace(/(^|[-("“/])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}
