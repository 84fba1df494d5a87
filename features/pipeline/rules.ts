import { chanceOf } from '#features/engagements/rules.ts';
import type { PackName, Stage } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';

/** What something is worth, and how likely it is. */
export interface Worth {
  valueMinor: number | null;
  valueCurrency: string | null;
  pack: PackName;
  stage: string;
  probability: number | null;
}

export interface Sum {
  currency: string;
  /** Minor units. */
  minor: number;
  /** So much of it as is likely, rounded once over all. */
  weighted: number;
  count: number;
}

/** Sums by currency, the one that most have first: amounts of two currencies are never added, nor compared. */
export function sumsOf(items: readonly Worth[]): Sum[] {
  const sums = new Map<string, { minor: bigint; hundredths: bigint; count: number }>();
  for (const item of items) {
    if (item.valueMinor === null || item.valueCurrency === null) continue;
    const sum = sums.get(item.valueCurrency) ?? { minor: 0n, hundredths: 0n, count: 0 };
    const value = BigInt(item.valueMinor);
    sums.set(item.valueCurrency, {
      minor: sum.minor + value,
      hundredths: sum.hundredths + value * BigInt(chanceOf(item)),
      count: sum.count + 1,
    });
  }
  return [...sums]
    .map(([currency, { minor, hundredths, count }]) => ({
      currency,
      minor: Number(minor),
      weighted: rounded(hundredths),
      count,
    }))
    .sort((a, b) => b.count - a.count || (a.currency < b.currency ? -1 : 1));
}

/** Half of a minor unit counts as one. */
function rounded(hundredths: bigint): number {
  return Number((hundredths + 50n) / 100n);
}

/** So many engagements of one month that are equal in all that counts. */
export interface ForecastGroup extends Omit<Worth, 'valueMinor' | 'valueCurrency'> {
  month: string;
  currency: string;
  minor: number;
  engagements: number;
}

interface MonthSum {
  month: string;
  currency: string;
  engagements: number;
  won: number;
  open: number;
  weighted: number;
}

/** By month and currency. What happens counts in full; what is lost doesn't count. */
export function forecastOf(groups: readonly ForecastGroup[]): MonthSum[] {
  const byMonth = Map.groupBy(groups, ({ month, currency }) => `${month} ${currency}`);
  return [...byMonth]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => {
      const [month = '', currency = ''] = key.split(' ');
      const open = members.filter(({ pack, stage }) => kindOf(pack, stage) === 'open');
      const minorOf = (some: readonly ForecastGroup[]) => some.reduce((sum, { minor }) => sum + minor, 0);
      const likely = members.reduce((sum, each) => sum + BigInt(each.minor) * BigInt(chanceOf(each)), 0n);
      return {
        month,
        currency,
        engagements: members.reduce((sum, { engagements }) => sum + engagements, 0),
        won: minorOf(members) - minorOf(open),
        open: minorOf(open),
        weighted: rounded(likely),
      };
    });
}

export function kindOf(pack: PackName, stage: string): Stage['kind'] | undefined {
  return packs[pack].stages.find(({ key }) => key === stage)?.kind;
}

/** The last two columns of the board stand for several stages. */
export const wonColumn = 'won';
export const lostColumn = 'lost';

export interface Column {
  key: string;
  label: string;
  kind: 'open' | 'won' | 'lost';
  /** Where a card goes that is dropped here. */
  target: string;
}

/** The open stages in order, then what was won and what was lost. */
export function columnsOf(packName: PackName): Column[] {
  const { stages, confirmedStage } = packs[packName];
  const lost = stages.find(({ kind }) => kind === 'lost');
  return [
    ...stages
      .filter(({ kind }) => kind === 'open')
      .map(({ key, label }) => ({ key, label, kind: 'open' as const, target: key })),
    { key: wonColumn, label: 'Won this month', kind: 'won', target: confirmedStage },
    { key: lostColumn, label: 'Lost this month', kind: 'lost', target: lost?.key ?? '' },
  ];
}

/** In which column a card lies. */
export function columnOf({ pack, stage }: { pack: PackName; stage: string }): string {
  const kind = kindOf(pack, stage);
  if (kind === 'won' || kind === 'done') return wonColumn;
  return kind === 'lost' ? lostColumn : stage;
}

/** Whole days since it came into its stage. */
export function daysSince(since: string, now: string): number {
  return Math.max(0, Math.floor((Date.parse(now) - Date.parse(since)) / 86_400_000));
}
