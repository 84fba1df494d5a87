import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { formatMoney } from '#platform/text/money.ts';
import { cn } from '#platform/ui/class-names.ts';
import { useFormValues } from '#platform/ui/entity-form.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Skeleton } from '#platform/ui/skeleton.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Forecast } from '../cascade-contract.ts';
import { settingsShape, withoutFee } from './call-settings.ts';
import { forecastQuery } from './call-queries.ts';
import { durationWords } from './cascade-words.ts';

interface ForecastViewProps {
  needId: string;
  /** Who is asked, where it isn’t simply the lists. */
  resourceIds: readonly string[] | undefined;
}

/** What calling like this would come to, reckoned anew as the form changes. */
export function ForecastView({ needId, resourceIds }: ForecastViewProps) {
  const org = useOrg();
  const read = settingsShape.safeParse(useFormValues());
  // While a field is wrong, the figures of before stay, greyed.
  const [settings, setSettings] = useState(() => settingsShape.parse({}));
  if (read.success && JSON.stringify(read.data) !== JSON.stringify(settings)) setSettings(read.data);
  const body = {
    ...(org.can('calls.fees') ? settings : withoutFee(settings)),
    ...(resourceIds && { resourceIds: [...resourceIds] }),
  };
  const written = JSON.stringify(body);
  const { data, error } = useQuery({
    ...forecastQuery(org.slug, needId, body),
    // Not for each letter of a message.
    enabled: useSettled(written, 300) === written && read.success && resourceIds?.length !== 0,
    placeholderData: keepPreviousData,
  });
  if (error) {
    const told = error instanceof ApiError && error.code === 'nothing_open';
    return <p className="text-sm text-ink-soft">{told ? error.message : errorText(error)}</p>;
  }
  if (!data) return <Skeleton className="h-12 w-full" />;
  return <Figures forecast={data} stale={!read.success} />;
}

function Figures({ forecast, stale }: { forecast: Forecast; stale: boolean }) {
  const { places, mailServer, askable, chance, hours, hoursMostly, calls, costMinor, currency } = forecast;
  return (
    <>
      {!mailServer && (
        <p className="mb-3 rounded-md bg-hold-soft px-3 py-2 text-sm text-pretty text-on-hold-soft">
          This installation has no mail server: nobody gets these calls by mail, and time runs all the same. Give each
          person their link, or record what they answer.
        </p>
      )}
      <dl
        aria-label="Forecast"
        className={cn('grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4', stale && 'opacity-50')}
      >
        <Figure label="Chance to fill">
          {percent(chance)}
          <Small>{places === 1 ? 'one place' : `${places} places`}</Small>
        </Figure>
        <Figure label="Likely filled within">
          {hours === null ? '–' : durationWords(hours * 60)}
          <Small>
            {hoursMostly === null ? 'hardly ever filled' : `mostly within ${durationWords(hoursMostly * 60)}`}
          </Small>
        </Figure>
        <Figure label="Calls to be sent">
          {calls}
          <Small>{askable === 1 ? 'one person can be asked' : `${askable} people can be asked`}</Small>
        </Figure>
        {costMinor !== null && currency !== null && (
          <Figure label="Cost">
            {formatMoney(costMinor, currency)}
            <Small>fee × places</Small>
          </Figure>
        )}
      </dl>
    </>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="truncate text-xs text-ink-faint">{label}</dt>
      <dd className="text-base font-semibold tabular-nums">{children}</dd>
    </div>
  );
}

function Small({ children }: { children: ReactNode }) {
  return <span className="block truncate text-xs font-normal text-ink-faint">{children}</span>;
}

/** Of a simulation: never quite sure. */
function percent(chance: number): string {
  if (chance > 0.99) return '> 99 %';
  return chance < 0.01 ? '< 1 %' : `${Math.round(chance * 100)} %`;
}
