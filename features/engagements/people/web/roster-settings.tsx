import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { PackName } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { RosterSettings as Settings } from '../contract.ts';
import { groupKeys, packGroups, type GroupKey, type OwnGroupNames } from '../group-words.ts';
import { peopleApi, rosterSettingsQuery } from './people-queries.ts';

/** What the groups are called, whether people see how to reach each other, and how much rest they should have. */
export function RosterSettings() {
  const org = useOrg();
  const { data, error, refetch } = useQuery(rosterSettingsQuery(org.slug));
  return (
    <Section
      title="Rosters"
      description={`What holds for the rosters and schedules of all ${org.words.engagement.many}.`}
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={4} />}
      {data && <SettingsForm key={data.version} settings={data} />}
    </Section>
  );
}

function SettingsForm({ settings }: { settings: Settings }) {
  const org = useOrg();
  const toast = useToast();
  const [names, setNames] = useState<OwnGroupNames>(settings.groupNames);
  const [shared, setShared] = useState(settings.contactsShared);
  const [hours, setHours] = useState(String(settings.restMinutes / 60));
  const save = useChange(org.slug, ['roster_settings'], (body: Settings, call) =>
    peopleApi.setSettings({ org: org.slug, body }, call),
  );
  const rest = Number(hours.replace(',', '.'));
  const whole = hours.trim() !== '' && rest >= 0 && rest <= 24;
  const rename = (pack: PackName, key: GroupKey, name: string) =>
    setNames({ ...names, [pack]: { ...names[pack], [key]: name } });
  return (
    <form
      className="grid max-w-xl gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        const body = {
          ...settings,
          groupNames: spoken(names),
          contactsShared: shared,
          restMinutes: Math.round(rest * 60),
        };
        if (whole) save.mutate(body, { onSuccess: () => toast({ tone: 'good', title: 'Saved' }) });
      }}
    >
      {org.packs.map((pack) => (
        <fieldset key={pack} className="grid gap-3 sm:grid-cols-3">
          <legend className="mb-2 text-sm font-medium">
            Groups{org.packs.length > 1 && <span className="text-ink-faint"> · {packs[pack].label}</span>}
          </legend>
          {groupKeys.map((key) => (
            <FieldFrame key={key} label={key.toUpperCase()}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={60}
                  placeholder={packGroups[pack][key]}
                  value={names[pack]?.[key] ?? ''}
                  onChange={({ target }) => rename(pack, key, target.value)}
                />
              )}
            </FieldFrame>
          ))}
        </fieldset>
      ))}
      <label className="flex items-start gap-2 text-sm">
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-accent"
          checked={shared}
          onChange={({ target }) => setShared(target.checked)}
        />
        <span>
          People see how to reach each other
          <span className="block text-pretty text-ink-soft">
            Whoever is confirmed on one sees telephone numbers and addresses of the others on it. Your own team sees
            them by their role.
          </span>
        </span>
      </label>
      <FieldFrame
        label="Hours of rest from one day to the next"
        hint="Less is pointed out on the schedule. 11 hours are the rule in the European Union."
        {...(whole ? {} : { error: 'From 0 to 24.' })}
      >
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            className="w-24 tabular-nums"
            value={hours}
            onChange={({ target }) => setHours(target.value)}
          />
        )}
      </FieldFrame>
      {save.error && <ErrorNotice error={save.error} />}
      <div>
        <Button type="submit" variant="primary" busy={save.isPending} disabled={!whole}>
          Save
        </Button>
      </div>
    </form>
  );
}

/** Without what is left empty: there the pack’s own word stands. */
function spoken(names: OwnGroupNames): OwnGroupNames {
  return Object.fromEntries(
    Object.entries(names).map(([pack, own]) => [
      pack,
      Object.fromEntries(Object.entries(own ?? {}).filter(([, name]) => name.trim() !== '')),
    ]),
  );
}
