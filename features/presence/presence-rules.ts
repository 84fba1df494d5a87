/** What one window of somebody says. */
interface Window {
  person: { id: string; name: string };
  state: Readonly<Record<string, string>>;
}

export interface PresentPerson {
  id: string;
  name: string;
  /** “writing notes”; “at Tasks and Files”. */
  doing: string;
}

/** People by name, each once, however many windows they have open. */
export function presentPeople(windows: readonly Window[]): PresentPerson[] {
  const byPerson = Map.groupBy(windows, ({ person }) => person.id);
  return [...byPerson.values()]
    .flatMap((its) => {
      const [first] = its;
      return first ? [{ ...first.person, doing: doingIn(its) }] : [];
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

function doingIn(windows: readonly Window[]): string {
  const busy = windows.map(({ state }) => state['doing']).find(Boolean);
  if (busy) return busy;
  const tabs = [...new Set(windows.flatMap(({ state }) => state['tab'] || []))].toSorted();
  return tabs.length === 0 ? 'here' : `at ${tabs.join(' and ')}`;
}

/** First letters of the first and the last name. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => firstLetter(word ?? ''));
  return letters.join('').toLocaleUpperCase() || '?';
}

/** As people see it: a letter with its accents, or a whole emoji. */
function firstLetter(word: string): string {
  return new Intl.Segmenter().segment(word).containing(0)?.segment ?? '';
}
