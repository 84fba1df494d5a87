import { Link } from '@tanstack/react-router';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { chanceOf } from '#features/engagements/rules.ts';
import { StageBadge } from '#features/engagements/web/stage-badge.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { formatMoney } from '#platform/text/money.ts';
import { formatTime } from '#platform/time/format.ts';
import { cn } from '#platform/ui/class-names.ts';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { Table, Td, Th, Tr } from '#platform/ui/table.tsx';
import { useNow } from '#platform/ui/use-now.ts';
import type { PipelineCard } from '../contract.ts';
import { daysSince, sumsOf } from '../rules.ts';
import { ageText, MoveMenu } from './board-card.tsx';
import { sorted } from './list-order.ts';
import type { PipelineSearch, SortKey } from './pipeline-search.ts';
import { Sums } from './sums.tsx';

interface PipelineListProps {
  cards: readonly PipelineCard[];
  search: PipelineSearch;
  onChange: (part: PipelineSearch) => void;
  onMove?: ((card: PipelineCard, stage: string) => void) | undefined;
}

/** Rows that are drawn at once. */
const drawn = 100;

/** The same as on the board, one below the other, in any order. */
export function PipelineList({ cards, search, onChange, onMove }: PipelineListProps) {
  const org = useOrg();
  const now = useNow();
  const key = search.sort ?? 'starts';
  const down = search.down ?? false;
  const head = (sort: SortKey, label: string, className?: string) => (
    <SortHead
      {...{ label, className, down }}
      current={sort === key}
      onSort={() => onChange({ sort, down: (sort === key && !down) || undefined })}
    />
  );
  const [shown, setShown] = useState(drawn);
  const worth = org.can('engagements.value');
  return (
    <>
      {worth && (
        <div className="w-full px-4 pb-3 sm:w-96 sm:px-6">
          <Sums sums={sumsOf(cards)} />
        </div>
      )}
      <div className="border-t border-line bg-surface">
        <Table label="Pipeline">
          <thead>
            <tr>
              {head('title', capital(org.words.engagement.one))}
              {head('stage', 'Stage', 'w-28')}
              {head('starts', 'Starts', 'hidden w-40 sm:table-cell')}
              {worth && head('value', 'Value', 'hidden w-32 text-right md:table-cell')}
              {head('probability', 'Probability', 'hidden w-28 text-right lg:table-cell')}
              {worth && head('weighted', 'Weighted', 'hidden w-32 text-right lg:table-cell')}
              {head('lead', 'Responsible', 'hidden w-36 xl:table-cell')}
              {head('age', 'In stage', 'hidden w-24 text-right sm:table-cell')}
              <Th className="w-12">
                <span className="sr-only">Move</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {sorted(cards, key, down)
              .slice(0, shown)
              .map((card) => (
                <ListRow key={card.id} card={card} now={now} worth={worth} onMove={onMove} />
              ))}
          </tbody>
        </Table>
      </div>
      <LoadMore
        hasNextPage={shown < cards.length}
        isFetchingNextPage={false}
        fetchNextPage={() => setShown(shown + drawn)}
      />
    </>
  );
}

function SortHead(props: {
  label: string;
  className?: string | undefined;
  current: boolean;
  down: boolean;
  onSort: () => void;
}) {
  const { label, className, current, down, onSort } = props;
  const Icon = down ? ArrowDown : ArrowUp;
  return (
    <Th className={className} aria-sort={current ? (down ? 'descending' : 'ascending') : undefined}>
      <button
        type="button"
        onClick={onSort}
        className={cn('inline-flex h-7 items-center gap-1 rounded-sm hover:text-ink', current && 'text-ink')}
      >
        {label}
        {current && <Icon aria-hidden className="size-3" />}
      </button>
    </Th>
  );
}

interface RowProps {
  card: PipelineCard;
  now: string;
  worth: boolean;
  onMove?: PipelineListProps['onMove'];
}

function ListRow({ card, now, worth, onMove }: RowProps) {
  const org = useOrg();
  const { valueMinor, valueCurrency } = card;
  const chance = chanceOf(card);
  const money = (share: number) =>
    valueMinor !== null && valueCurrency !== null && formatMoney(Math.round(valueMinor * share), valueCurrency);
  const below = [card.party?.name, card.placeName, card.nextStep].filter(Boolean).join(' · ');
  return (
    <Tr>
      <Td>
        <Link
          to="/o/$org/engagements/$id"
          params={{ org: org.slug, id: card.id }}
          title={card.title}
          className="block truncate font-medium underline-offset-4 hover:underline"
        >
          {card.title}
        </Link>
        <span className="block truncate text-xs text-ink-faint" title={below}>
          <span className="sm:hidden">
            {formatTime(card.startsAt, card.zone, 'date')}
            {below && ' · '}
          </span>
          {below}
        </span>
      </Td>
      <Td>
        <StageBadge pack={card.pack} stage={card.stage} />
      </Td>
      <Td className="hidden text-ink-soft tabular-nums sm:table-cell">
        {formatTime(card.startsAt, card.zone, 'date')}
      </Td>
      {worth && <Td className="hidden text-right tabular-nums md:table-cell">{money(1)}</Td>}
      <Td className="hidden text-right text-ink-soft tabular-nums lg:table-cell">{chance} %</Td>
      {worth && <Td className="hidden text-right text-ink-soft tabular-nums lg:table-cell">{money(chance / 100)}</Td>}
      <Td className="hidden text-ink-soft xl:table-cell" title={card.leadName ?? undefined}>
        {card.leadName}
      </Td>
      <Td className="hidden text-right text-ink-soft tabular-nums sm:table-cell">
        {ageText(daysSince(card.stageSince, now))}
      </Td>
      <Td className="overflow-visible pl-0 text-right">{onMove && <MoveMenu card={card} onMove={onMove} />}</Td>
    </Tr>
  );
}
