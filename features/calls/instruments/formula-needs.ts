import { instrumentOf, nameWithin, type InstrumentCode } from './instrument-rules.ts';

export interface FormulaNeed {
  instrument: InstrumentCode;
  /** 'Flute 3, also piccolo' */
  title: string;
  kind: 'principal' | 'section';
  doubles: InstrumentCode[];
  quantity: number;
}

export interface FormulaPlayer {
  instrument: InstrumentCode;
  doubles: InstrumentCode[];
}

/** Players who sit together, the principal first. */
export interface FormulaGroup {
  players: FormulaPlayer[];
  /** Of a string section: how many play, the principal included. */
  strings?: number;
}

/** Every wind and percussion player is a need of their own; a string section is its principal and all others. */
export function needsOf(groups: readonly FormulaGroup[]): FormulaNeed[] {
  return groups.flatMap((group) => (group.strings === undefined ? seatsOf(group) : sectionOf(group, group.strings)));
}

function seatsOf({ players }: FormulaGroup): FormulaNeed[] {
  const of = (code: InstrumentCode) => players.filter(({ instrument }) => instrument === code);
  return players.map((player, index) => {
    const { instrument, doubles } = player;
    const same = of(instrument);
    // Numbered by place in the group, as parts are: in 3[1.2.eh] the English horn isn't the third oboe.
    const number = same.length > 1 ? same.indexOf(player) + 1 : undefined;
    return {
      instrument,
      title: partTitle(instrument, number, doubles),
      kind: index === 0 ? 'principal' : 'section',
      doubles,
      quantity: 1,
    };
  });
}

/** `Flute 3, also piccolo`. @param number undefined where only one plays it */
export function partTitle(
  instrument: InstrumentCode,
  number: number | undefined,
  doubles: readonly InstrumentCode[],
): string {
  const also = doubles.length > 0 ? `, also ${listed(doubles.map(nameWithin))}` : '';
  return `${instrumentOf(instrument).name}${number === undefined ? '' : ` ${number}`}${also}`;
}

function sectionOf({ players }: FormulaGroup, count: number): FormulaNeed[] {
  const instrument = players[0]?.instrument;
  if (!instrument) return [];
  const { name } = instrumentOf(instrument);
  const of = (kind: FormulaNeed['kind'], quantity: number): FormulaNeed => ({
    instrument,
    title: `${name}, ${kind}`,
    kind,
    doubles: [],
    quantity,
  });
  return count > 1 ? [of('principal', 1), of('section', count - 1)] : [of('principal', 1)];
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
