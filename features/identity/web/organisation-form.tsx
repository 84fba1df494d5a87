import { useEffect, useEffectEvent, useRef } from 'react';
import type * as z from 'zod';
import { PackPicker } from '#features/organisations/web/pack-picker.tsx';
import { CurrencyPicker, likelyCurrency } from '#platform/ui/currency-picker.tsx';
import { entityForm, useFormValue } from '#platform/ui/entity-form.tsx';
import { Input } from '#platform/ui/input.tsx';
import { ZonePicker } from '#platform/ui/zone-picker.tsx';
import { identity } from '../contract.ts';

const form = entityForm(identity.routes.createOrganisation.body);
export type NewOrganisation = z.output<typeof identity.routes.createOrganisation.body>;

/** A new organisation: name, kinds of work, zone (first the browser's) and currency. */
export function OrganisationForm({
  onSubmit,
  onBack,
}: {
  onSubmit: (organisation: NewOrganisation) => Promise<void>;
  onBack: () => void;
}) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <form.Form
      values={{ zone, currency: likelyCurrency(), packs: [] }}
      onSubmit={onSubmit}
      action="Create organisation"
      size="lg"
      onCancel={onBack}
      cancelLabel="Back"
    >
      <form.Field
        name="packs"
        label="What kind of work is it?"
        group
        hint="Choose as many as apply. The first gives the words: concerts or shows, halls or venues."
      >
        {({ value, onValue, 'aria-describedby': describedBy }) => (
          <PackPicker aria-describedby={describedBy} value={value} onValue={onValue} />
        )}
      </form.Field>
      <form.Field name="name" label="Name" />
      <SlugField />
      <div className="grid gap-4 sm:grid-cols-2">
        <form.Field name="zone" label="Time zone">
          {(control) => <ZonePicker {...control} onValue={(value) => control.onValue(value ?? undefined)} />}
        </form.Field>
        <form.Field name="currency" label="Currency">
          {(control) => <CurrencyPicker {...control} onValue={(value) => control.onValue(value ?? undefined)} />}
        </form.Field>
      </div>
    </form.Form>
  );
}

/** Follows the name until it is typed by hand. */
function SlugField() {
  const [name] = useFormValue('name');
  const [, setSlug] = useFormValue('slug');
  const own = useRef(false);
  const suggestion = slugOf(String(name ?? ''));
  const suggest = useEffectEvent(() => {
    if (!own.current) setSlug(suggestion);
  });
  useEffect(() => suggest(), [suggestion]);
  return (
    <form.Field name="slug" label="Short name" hint="It stands in addresses. Small letters, digits and hyphens.">
      {({ value, onValue, ...control }) => (
        <Input
          {...control}
          value={value}
          spellCheck={false}
          autoCapitalize="none"
          onChange={(event) => {
            own.current = true;
            onValue(event.target.value.toLowerCase());
          }}
        />
      )}
    </form.Field>
  );
}

/** “Münchner Philharmoniker e. V.” → “munchner-philharmoniker-e-v”, “Größe” → “grosse”. */
function slugOf(name: string): string {
  const letters = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
  const words = letters.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  // Too long a name ends with a whole word.
  return words.length <= 60
    ? words
    : words
        .slice(0, 61)
        .replace(/-[^-]*$/, '')
        .slice(0, 60);
}
