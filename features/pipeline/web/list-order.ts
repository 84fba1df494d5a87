import { chanceOf } from '#features/engagements/rules.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import type { PipelineCard } from '../contract.ts';
import type { SortKey } from './pipeline-search.ts';

/** Amounts are compared within their currency only: one currency after the other. */
const amount = (card: PipelineCard, share: number) =>
  `${card.valueCurrency ?? ''} ${String(Math.round((card.valueMinor ?? 0) * share)).padStart(16, '0')}`;

const number = (value: number) => String(value).padStart(8, '0');

const keyOf: Readonly<Record<SortKey, (card: PipelineCard) => string>> = {
  title: ({ title }) => title.toLocaleLowerCase(),
  stage: ({ pack, stage }) => number(packs[pack].stages.findIndex(({ key }) => key === stage)),
  starts: ({ startsAt }) => startsAt,
  value: (card) => amount(card, 1),
  weighted: (card) => amount(card, chanceOf(card) / 100),
  probability: (card) => number(chanceOf(card)),
  lead: ({ leadName }) => leadName?.toLocaleLowerCase() ?? '\uffff',
  // Who is longest in a stage is oldest there.
  age: ({ stageSince }) => String(9e15 - Date.parse(stageSince)).padStart(17, '0'),
};

/** By one column; what is equal by its start. */
export function sorted(cards: readonly PipelineCard[], key: SortKey, down: boolean): PipelineCard[] {
  const keyed = cards.map((card) => ({ card, by: keyOf[key](card) }));
  const sign = down ? -1 : 1;
  const order = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
  return keyed
    .sort((a, b) => sign * order(a.by, b.by) || order(a.card.startsAt, b.card.startsAt))
    .map(({ card }) => card);
}
