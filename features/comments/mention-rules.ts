/** What stands after an @ right before the caret: “An” in “ask @An|”; null when nobody is being mentioned there. */
export function mentionBefore(text: string, caret: number): string | null {
  const before = text.slice(0, caret);
  const found = /(?:^|[\s(])@([^@\n]{0,40})$/.exec(before)?.[1];
  // A name may have a space in it; two words further on nobody is looking for one any more.
  return found === undefined || /\s\S*\s\S*\s/.test(found) ? null : found;
}

/** The name written out in the place of what was typed of it. */
export function withMention(text: string, caret: number, name: string): { text: string; caret: number } {
  const typed = mentionBefore(text, caret) ?? '';
  const start = caret - typed.length;
  const after = text.slice(caret);
  const written = `${name}${/^\s/.test(after) ? '' : ' '}`;
  return { text: text.slice(0, start) + written + after, caret: start + name.length + 1 };
}

/** Who is mentioned in a text, of those who can be. Of names that begin alike, the longest that stands there. */
export function mentionedIn(text: string, people: readonly { id: string; name: string }[]): string[] {
  const byLength = people.toSorted((a, b) => b.name.length - a.name.length);
  const found = new Set<string>();
  for (const { index } of text.matchAll(/@/g)) {
    const rest = text.slice(index + 1);
    const person = byLength.find(
      ({ name }) => rest.startsWith(name) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)),
    );
    if (person) found.add(person.id);
  }
  return [...found];
}
