import * as z from 'zod';
import { useQuery } from '@tanstack/react-query';
import { entityForm, type FieldsProps } from '#platform/ui/entity-form.tsx';
import { WordsInput } from '#platform/ui/words-input.tsx';
import { ZonePicker } from '#platform/ui/zone-picker.tsx';
import { zoneCity } from '#platform/time/format.ts';
import { otherSkills, playedSkills } from '#features/calls/instruments/skill-rules.ts';
import { capital } from '#features/organisations/web/word-case.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { resource, type ResourceKind } from '../contract.ts';
import { RateField } from './rate-field.tsx';
import { ResourcePicker } from './resource-picker.tsx';
import { facetsQuery } from './resource-queries.ts';
import { SkillsInput } from './skills-input.tsx';

const fields = z.object(resource.fields);
export type ResourceValues = z.output<typeof fields>;

const { Form, Field } = entityForm(fields);

interface ResourceFormProps extends FieldsProps<typeof fields> {
  kind: ResourceKind;
  /** Its own id when it is changed: a place isn't part of itself. */
  id?: string;
}

/** A person, place or thing. A plain field is one `<Field>`: its box, hint and error come from the contract. */
export function ResourceForm({ kind, values, id, ...form }: ResourceFormProps) {
  const { words, zone: orgZone, can } = useOrg();
  const contacts = can('resources.contacts');
  return (
    <Form values={{ ...values, kind }} {...form}>
      <Field name="name" label="Name" autoFocus />
      {kind === 'person' && <SkillsField />}
      {contacts && kind === 'person' && <Field name="email" label="E-mail" />}
      {contacts && kind !== 'thing' && <Field name="phone" label="Phone" />}
      {kind === 'place' && (
        <Field name="parentId" label="Part of" hint={`The building or floor that this ${words.place.one} is in.`}>
          {(control) => (
            <ResourcePicker {...control} kind="place" clearable except={id ? [id] : []} placeholder="Nothing else" />
          )}
        </Field>
      )}
      <TagsField />
      {can('resources.rates') && <RateField />}
      <Field name="zone" label="Time zone">
        {(control) => (
          <ZonePicker {...control} noneLabel={id ? undefined : `As the organisation (${zoneCity(orgZone)})`} />
        )}
      </Field>
      {kind !== 'thing' && <Field name="address" label="Address" />}
      {kind !== 'thing' && (
        <div className="grid grid-cols-2 gap-4">
          <Field name="latitude" label="Latitude" hint="For the distance in searches." />
          <Field name="longitude" label="Longitude" />
        </div>
      )}
      <Field
        name="capacity"
        label="Units at once"
        hint={`Leave empty for what can be booked once at a time. A number for a pool, like six ${kind === 'thing' ? 'identical vans' : 'desks'}.`}
      />
      <Field name="notes" label="Notes" />
      <Field
        name="challengeHours"
        label="Hours to answer a challenge"
        hint={`Business hours that a ${words.hold.one} has when the next in line challenges it.`}
      />
      <Field
        name="externalRef"
        label="Reference elsewhere"
        hint={`Its key in another system. ${capital(words[kind].many)} are matched by it when a file is imported again.`}
      />
    </Form>
  );
}

function SkillsField() {
  const org = useOrg();
  const { data } = useQuery(facetsQuery(org.slug));
  const orchestra = org.packs.includes('orchestra');
  const known = [...(orchestra ? playedSkills : []), ...otherSkills(data?.skills ?? [], orchestra)];
  return (
    <Field name="skills" label="Skills" group hint="Instrument, position, trade or software.">
      {(control) => <SkillsInput {...control} suggestions={known} />}
    </Field>
  );
}

function TagsField() {
  const org = useOrg();
  const { data } = useQuery(facetsQuery(org.slug));
  return (
    <Field name="tags" label="Tags">
      {(control) => <WordsInput {...control} suggestions={data?.tags ?? []} />}
    </Field>
  );
}
