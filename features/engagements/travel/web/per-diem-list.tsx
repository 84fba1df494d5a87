import { ChevronDown, Trash2 } from 'lucide-react';
import { useChange } from '#platform/client/use-change.ts';
import { formatMoney } from '#platform/text/money.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { CardList } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { sumPerDiems, type PerDiemSum } from '../rules.ts';
import type { PerDiem } from '../travel-contract.ts';
import { travelApi, travelTables } from './travel-queries.ts';
import { dayWords } from './travel-words.ts';

/** What each person gets for their days, in each currency, and what of it is paid. */
export function PerDiemList({ perDiems, editable }: { perDiems: readonly PerDiem[]; editable: boolean }) {
  return (
    <CardList label="Per diems">
      {sumPerDiems(perDiems).map((sum) => (
        <PersonSum
          key={`${sum.personId} ${sum.currency}`}
          sum={sum}
          days={perDiems.filter(({ personId, currency }) => personId === sum.personId && currency === sum.currency)}
          editable={editable}
        />
      ))}
    </CardList>
  );
}

function PersonSum({ sum, days, editable }: { sum: PerDiemSum; days: readonly PerDiem[]; editable: boolean }) {
  const { pay, paying, remove, busy } = usePerDiems();
  const open = days.filter(({ paidAt }) => paidAt === null).map(({ id }) => id);
  const { name, currency, totalMinor, openMinor } = sum;
  return (
    <li>
      <details className="group">
        <summary className="flex min-h-12 cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-sm hover:bg-hover sm:px-4">
          <ChevronDown
            aria-hidden
            className="size-4 shrink-0 -rotate-90 text-ink-faint transition-transform group-open:rotate-0"
          />
          <span className="min-w-0 flex-1 basis-32">
            <span className="block truncate font-medium" title={name}>
              {name}
            </span>
            <span className="block text-xs text-ink-faint">
              {days.length} {days.length === 1 ? 'day' : 'days'}
            </span>
          </span>
          <span className="tabular-nums">{formatMoney(totalMinor, currency)}</span>
          <Badge tone={openMinor === 0 ? 'good' : 'hold'}>
            {openMinor === 0
              ? 'Paid'
              : openMinor === totalMinor
                ? 'Not paid'
                : `${formatMoney(openMinor, currency)} open`}
          </Badge>
        </summary>
        <ul className="grid gap-0.5 bg-sunken px-3 py-2 text-sm sm:px-4 sm:pl-11">
          {days.map((one) => (
            <li key={one.id} className="flex min-h-8 items-center gap-3 tabular-nums">
              <span className="min-w-0 flex-1">{dayWords(one.day)}</span>
              <span>{formatMoney(one.amountMinor, one.currency)}</span>
              {editable ? (
                <label className="flex items-center gap-1.5">
                  <input
                    type="checkbox"
                    className="size-4 accent-accent"
                    checked={paying?.ids.includes(one.id) ? paying.paid : one.paidAt !== null}
                    aria-disabled={busy}
                    onChange={({ target }) => pay([one.id], target.checked)}
                    aria-label={`${name}, ${dayWords(one.day)}: paid`}
                  />
                  Paid
                </label>
              ) : (
                <span className="text-xs text-ink-faint">{one.paidAt ? 'Paid' : 'Not paid'}</span>
              )}
              {editable && (
                <IconButton
                  label={`Remove ${dayWords(one.day)} of ${name}`}
                  size="icon-sm"
                  disabled={one.paidAt !== null}
                  aria-disabled={busy}
                  onClick={() => remove([one.id])}
                >
                  <Trash2 aria-hidden />
                </IconButton>
              )}
            </li>
          ))}
          {editable && open.length > 1 && (
            <li className="flex flex-wrap gap-2 pt-1">
              <Button size="sm" aria-disabled={busy} onClick={() => pay(open, true)}>
                Pay all {open.length}: {formatMoney(openMinor, currency)}
              </Button>
              <Button size="sm" variant="danger-ghost" aria-disabled={busy} onClick={() => remove(open)}>
                Remove what isn’t paid
              </Button>
            </li>
          )}
        </ul>
      </details>
    </li>
  );
}

function usePerDiems() {
  const org = useOrg();
  const toast = useToast();
  const pay = useChange(org.slug, travelTables, (body: { ids: string[]; paid: boolean }, call) =>
    travelApi.payPerDiems({ org: org.slug, body }, call),
  );
  const remove = useChange(org.slug, travelTables, (ids: string[], call) =>
    travelApi.removePerDiems({ org: org.slug, body: { ids } }, call),
  );
  const onError = (error: unknown) => toast({ tone: 'danger', title: 'Nothing was changed', detail: errorText(error) });
  const busy = pay.isPending || remove.isPending;
  return {
    busy,
    /** What is being noted: it shows before the answer does. */
    paying: pay.isPending ? pay.variables : null,
    pay: (ids: string[], paid: boolean) => void (busy || pay.mutate({ ids, paid }, { onError })),
    remove: (ids: string[]) => remove.mutate(ids, { onError }),
  };
}
