/** Pack words are written small; this begins a sentence or a label with one. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** “1 concert”, “12 concerts”. */
export function countOf(count: number, word: { one: string; many: string }): string {
  return `${count.toLocaleString()} ${count === 1 ? word.one : word.many}`;
}

/** “a hall”, “an artist”. */
export function withArticle(word: string): string {
  return /^[aeiou]/i.test(word) ? `an ${word}` : `a ${word}`;
}
