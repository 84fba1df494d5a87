import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { TravelLeg } from '../travel-contract.ts';
import { PeopleChoice, type ChoosablePerson } from './people-choice.tsx';
import { travelApi, travelTables } from './travel-queries.ts';

type Seated = { personId: string; seat?: string };

/** Who is on a leg, with their seats: saved at once, as others may be at it too. */
export function LegPeople({ leg, people }: { leg: TravelLeg; people: readonly ChoosablePerson[] }) {
  const org = useOrg();
  const toast = useToast();
  const params = { id: leg.id };
  const set = useChange(org.slug, travelTables, (those: Seated[], call) =>
    travelApi.setTravellers({ org: org.slug, params, body: { people: those } }, call),
  );
  const remove = useChange(org.slug, travelTables, (ids: readonly string[]) =>
    Promise.all(ids.map((personId) => travelApi.removeTraveller({ org: org.slug, params: { ...params, personId } }))),
  );
  const said = new Set(leg.travellers.map(({ personId }) => personId));
  // A tick shows at once, until the answer shows it.
  const [ticked, setTicked] = useState<ReadonlyMap<string, boolean>>(new Map());
  const open = [...ticked].filter(([id, is]) => said.has(id) !== is);
  if (open.length < ticked.size) setTicked(new Map(open));
  const on = new Set([...said, ...ticked.keys()].filter((id) => ticked.get(id) ?? true));
  const onError = (error: unknown) => {
    setTicked(new Map());
    toast({ tone: 'danger', title: 'Not saved', detail: errorText(error) });
  };
  const change = (ids: readonly string[], add: boolean) => {
    const those = ids.filter((id) => on.has(id) !== add);
    if (those.length === 0) return;
    setTicked(new Map([...ticked, ...those.map((id) => [id, add] as const)]));
    if (add)
      set.mutate(
        those.map((personId) => ({ personId })),
        { onError },
      );
    else remove.mutate(those, { onError });
  };
  const others = leg.travellers.filter(({ personId }) => !people.some((one) => one.personId === personId));
  return (
    <PeopleChoice
      label="Who is on it"
      people={[...people, ...others]}
      chosen={on}
      onChange={change}
      seats={{
        of: (personId) => leg.travellers.find((one) => one.personId === personId)?.seat ?? '',
        onSeat: (personId, seat) => set.mutate([{ personId, seat }], { onError }),
      }}
    />
  );
}
