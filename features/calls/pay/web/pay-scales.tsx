import { useQuery } from '@tanstack/react-query';
import { Banknote, Plus } from 'lucide-react';
import { useState } from 'react';
import { formatMoney } from '#platform/text/money.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { today } from '#platform/time/wall-clock.ts';
import { kindLabel } from '#features/engagements/timeline/item-kinds.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { PayScale } from '../contract.ts';
import { usualTerms } from '../terms.ts';
import { dayWords } from './day-words.ts';
import { scalesQuery } from './pay-queries.ts';
import { ScaleDialog, type ScaleAsked } from './scale-dialog.tsx';

/** What is paid for what: scales by name, each with the terms that follow each other in time. */
export function PayScales() {
  const org = useOrg();
  const { data, error, refetch } = useQuery(scalesQuery(org.slug));
  const [asked, setAsked] = useState<ScaleAsked | null>(null);
  const day = today(org.zone);
  const fresh = () =>
    setAsked({
      scale: null,
      from: { name: '', validFrom: `${day.slice(0, 4)}-01-01`, currency: org.currency, terms: usualTerms },
    });
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows />;
  const mayWrite = org.can('pay.write');
  const byName = [...Map.groupBy(data.items, ({ name }) => name)];
  return (
    <>
      {byName.length === 0 ? (
        <EmptyState
          icon={Banknote}
          title="No pay scale yet"
          actions={
            mayWrite && (
              <Button variant="primary" onClick={fresh}>
                <Plus aria-hidden /> New pay scale
              </Button>
            )
          }
        >
          A pay scale says what a service is paid, from when it is overtime, and what principals and doubling get. It is
          valid from a day on; new terms take its place without touching what was paid before.
        </EmptyState>
      ) : (
        <Section
          title="Pay scales"
          description="A project is paid by the terms that are valid on the day of its first service."
          actions={
            mayWrite && (
              <Button variant="primary" onClick={fresh}>
                <Plus aria-hidden /> New pay scale
              </Button>
            )
          }
        >
          <div className="grid grid-cols-1 gap-6">
            {byName.map(([name, terms]) => (
              <NamedScale key={name} name={name} scales={terms} day={day} onAsk={setAsked} />
            ))}
          </div>
        </Section>
      )}
      <ScaleDialog asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}

interface NamedScaleProps {
  name: string;
  /** The newest first. */
  scales: readonly PayScale[];
  day: string;
  onAsk: (asked: ScaleAsked) => void;
}

function NamedScale({ name, scales, day, onAsk }: NamedScaleProps) {
  const org = useOrg();
  const current = scales.find(({ validFrom }) => validFrom <= day);
  const [newest] = scales;
  return (
    <section aria-label={name} className="min-w-0">
      <div className="mb-2 flex items-center gap-3">
        <h3 className="min-w-0 flex-1 truncate text-sm font-semibold" title={name}>
          {name}
        </h3>
        {org.can('pay.write') && newest && (
          <Button
            size="sm"
            onClick={() => onAsk({ scale: null, from: { ...newest, validFrom: later(newest.validFrom, day) } })}
          >
            New terms
          </Button>
        )}
      </div>
      <CardList label={`Terms of ${name}`}>
        {scales.map((scale) => (
          <li key={scale.id}>
            <button
              type="button"
              className="flex min-h-12 w-full flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-left text-sm hover:bg-hover"
              onClick={() => onAsk({ scale, from: scale })}
            >
              <span className="font-medium">from {dayWords(scale.validFrom)}</span>
              {scale === current && <Badge tone="good">valid today</Badge>}
              {scale.validFrom > day && <Badge tone="accent">to come</Badge>}
              <span className="basis-full truncate text-ink-soft sm:basis-auto">{summary(scale)}</span>
            </button>
          </li>
        ))}
      </CardList>
    </section>
  );
}

/** “Rehearsal €120.00, Concert €150.00”. */
function summary({ terms, currency }: PayScale): string {
  return terms.services
    .map(({ kind, baseMinor }) => `${kindLabel(kind)} ${formatMoney(baseMinor, currency)}`)
    .join(', ');
}

/** A day after the newest terms, so that nothing of theirs is replaced. */
function later(validFrom: string, day: string): string {
  const year = Math.max(Number(validFrom.slice(0, 4)), Number(day.slice(0, 4))) + 1;
  return `${year}${validFrom.slice(4)}`;
}
