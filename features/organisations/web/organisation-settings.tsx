import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useChange } from '#platform/client/use-change.ts';
import type { RouteOutput, RouteRequest } from '#platform/contract/contract.ts';
import { CurrencyPicker } from '#platform/ui/currency-picker.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { ZonePicker } from '#platform/ui/zone-picker.tsx';
import { organisations } from '../contract.ts';
import { packs } from '../packs/packs.ts';
import { ColourPicker } from './colour-picker.tsx';
import { useOrg } from './org-context.tsx';
import { organisationQuery, organisationsApi } from './organisation-queries.ts';
import { PackPicker } from './pack-picker.tsx';

const form = entityForm(organisations.routes.change.body);
type Settings = RouteOutput<typeof organisations.routes.get>;
type Changes = RouteRequest<typeof organisations.routes.change>['body'];

/** Name, kinds of work, zone and currency. */
export function OrganisationSettings() {
  const org = useOrg();
  const { data, error, refetch } = useQuery(organisationQuery(org.slug));
  return (
    <Section title="Organisation" description={`Its short name in addresses is ${org.slug}.`}>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={4} />}
      {data && <SettingsForm key={data.version} settings={data} />}
    </Section>
  );
}

function SettingsForm({ settings }: { settings: Settings }) {
  const org = useOrg();
  const toast = useToast();
  const queries = useQueryClient();
  const change = useChange(org.slug, ['organisations'], (body: Changes, call) =>
    organisationsApi.change({ org: org.slug, body }, call),
  );
  const { version, name, packs, zone, currency, brandColour } = settings;
  if (!org.can('organisation.change')) return <Facts settings={settings} />;
  const save = async (values: Changes) => {
    await change.mutateAsync(values);
    // The words and the zone that every page uses come with who is signed in.
    await queries.invalidateQueries({ queryKey: ['me'] });
    toast({ tone: 'good', title: 'The settings are saved' });
  };
  return (
    <form.Form values={{ version, name, packs, zone, currency, brandColour }} onSubmit={save} action="Save settings">
      <form.Field name="name" label="Name" />
      <form.Field name="packs" label="Kinds of work" group hint="The first chosen gives the words.">
        {({ value, onValue, 'aria-describedby': describedBy }) => (
          <PackPicker aria-describedby={describedBy} value={value} onValue={onValue} />
        )}
      </form.Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <form.Field name="zone" label="Time zone">
          {(control) => <ZonePicker {...control} onValue={(value) => value && control.onValue(value)} />}
        </form.Field>
        <form.Field name="currency" label="Currency">
          {(control) => <CurrencyPicker {...control} onValue={(value) => value && control.onValue(value)} />}
        </form.Field>
      </div>
      <form.Field
        name="brandColour"
        label="Colour of documents"
        hint="Of headings and rules in day sheets and other PDFs. A pale one is darkened until it can be read on paper."
      >
        {({ value, ...control }) => <ColourPicker {...control} value={value ?? null} />}
      </form.Field>
    </form.Form>
  );
}

/** The same to read, for who may not change it. */
function Facts({ settings }: { settings: Settings }) {
  const facts = [
    ['Name', settings.name],
    ['Kinds of work', settings.packs.map((name) => packs[name].label).join(', ')],
    ['Time zone', settings.zone],
    ['Currency', settings.currency],
  ] as const;
  return (
    <dl className="grid gap-x-4 gap-y-2 text-sm sm:grid-cols-[9rem_minmax(0,1fr)]">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-ink-faint">{label}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
