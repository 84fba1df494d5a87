import type { RouteOutput } from '#platform/contract/contract.ts';
import { Combobox } from '#platform/ui/combobox.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { documents } from '../contract.ts';
import { dayText } from '../day-words.ts';
import { CircleChoice } from './circle-choice.tsx';
import { documentKinds, hasCircle, hasDays, usualPaper, type ChosenDocument } from './document-kinds.ts';

/** What there is to print of an engagement. */
export type Printable = RouteOutput<typeof documents.routes.list>;

/** Which document, of whom, of which day, on which paper. */
export function DocumentChoice({
  engagementId,
  chosen,
  printable: { days, people },
  onChoose,
}: {
  engagementId: string;
  chosen: ChosenDocument;
  printable: Printable;
  onChoose: (more: Partial<ChosenDocument>) => void;
}) {
  const org = useOrg();
  const kinds = documentKinds.filter(
    ({ value }) =>
      (value !== 'person' || people.length > 0) &&
      (value !== 'door-list' || org.can('guests.door', 'own')) &&
      (value !== 'advance' || org.can('advance.read')) &&
      ((value !== 'travel' && value !== 'rooming-list') || org.can('travel.read', 'own')),
  );
  const everyDay = 'every';
  return (
    <>
      <FieldFrame label="Document">
        {(aria) => <Select {...aria} value={chosen.kind} onValue={(kind) => onChoose({ kind })} options={kinds} />}
      </FieldFrame>
      {chosen.kind === 'person' && (
        <FieldFrame label="Person">
          {(aria) => (
            <Combobox
              {...aria}
              value={chosen.resourceId}
              onValue={(resourceId) => onChoose({ resourceId, day: null })}
              empty="Nobody of this name is booked."
              options={people.map(({ resourceId, name }) => ({ value: resourceId, label: name }))}
            />
          )}
        </FieldFrame>
      )}
      {hasDays(chosen.kind) && (
        <FieldFrame label="Day">
          {(aria) => (
            <Select
              {...aria}
              value={chosen.day ?? everyDay}
              onValue={(day) => onChoose({ day: day === everyDay ? null : day })}
              options={[
                ...(days.length > 1 || chosen.day === null ? [{ value: everyDay, label: 'Every day' }] : []),
                ...daysFor(chosen, { days, people }).map((day) => ({ value: day, label: dayText(day) })),
              ]}
            />
          )}
        </FieldFrame>
      )}
      {hasCircle(chosen.kind) && org.can('timeline.read') && org.can('people.read') && (
        <CircleChoice engagementId={engagementId} value={chosen.circle} onValue={(circle) => onChoose({ circle })} />
      )}
      <FieldFrame label="Paper" group hint={chosen.paper === 'letter' ? 'Times read 7:30 PM.' : 'Times read 19:30.'}>
        {() => (
          <Segmented
            label="Paper"
            value={chosen.paper}
            onValue={(paper) => onChoose({ paper })}
            options={[
              { value: 'a4', label: 'A4' },
              { value: 'letter', label: 'Letter' },
            ]}
          />
        )}
      </FieldFrame>
    </>
  );
}

export function firstChoice(printable: Printable): ChosenDocument {
  return { kind: 'day-sheet', day: nearestDay(printable), circle: 'everyone', paper: usualPaper(), resourceId: null };
}

/** Today, else the next day, else the last one. */
export function nearestDay({ days, today }: Printable): string {
  return days.find((day) => day >= today) ?? days.at(-1) ?? today;
}

function daysFor({ kind, resourceId }: ChosenDocument, { days, people }: Pick<Printable, 'days' | 'people'>): string[] {
  const person = kind === 'person' && people.find((one) => one.resourceId === resourceId);
  return person ? person.days : days;
}

/** What was chosen, as far as it is there still: others change the schedule meanwhile. */
export function possibleChoice(chosen: ChosenDocument, printable: Printable): ChosenDocument {
  const { people } = printable;
  const known = people.some(({ resourceId }) => resourceId === chosen.resourceId);
  const resourceId = known ? chosen.resourceId : (people[0]?.resourceId ?? null);
  const kind = chosen.kind === 'person' && !resourceId ? 'day-sheet' : chosen.kind;
  const days = daysFor({ ...chosen, kind, resourceId }, printable);
  return {
    ...chosen,
    kind,
    resourceId,
    day: chosen.day && days.includes(chosen.day) ? chosen.day : days.length === 1 ? (days[0] ?? null) : null,
  };
}
