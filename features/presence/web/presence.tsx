import { useEffect, useRef, useState } from 'react';
import { roomLine, type Visitor } from '#platform/client/rooms.ts';
import { Popover } from '#platform/ui/popover.tsx';
import { Tooltip } from '#platform/ui/tooltip.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { initialsOf, presentPeople, type PresentPerson } from '../presence-rules.ts';

/** Initials side by side; more than these are a number. */
const shownAtMost = 4;

interface PresenceProps {
  engagementId: string;
  /** Where we are, as the others read it: “Notes”. */
  tab: string;
}

/** Who else looks at the engagement now, and at what. Nothing while one is alone. */
export function Presence({ engagementId, tab }: PresenceProps) {
  const org = useOrg();
  const [others, setOthers] = useState<readonly Visitor[]>([]);
  const room = useRef<ReturnType<ReturnType<typeof roomLine>['enter']> | null>(null);
  const first = useRef(tab);
  useEffect(() => {
    const entered = roomLine(org.slug).enter(
      `engagements/${engagementId}`,
      { tab: first.current },
      { others: setOthers },
    );
    room.current = entered;
    return () => {
      room.current = null;
      entered.leave();
    };
  }, [org.slug, engagementId]);
  useEffect(() => room.current?.say({ tab }), [tab]);
  const people = presentPeople(others);
  if (people.length === 0) return null;
  const more = people.slice(shownAtMost);
  return (
    <div role="group" aria-label="Also here" className="flex items-center -space-x-1">
      {people.slice(0, shownAtMost).map((person) => (
        <Tooltip key={person.id} text={<Where person={person} />} side="bottom">
          <button type="button" aria-label={`${person.name}, ${person.doing}`} className={face}>
            {initialsOf(person.name)}
          </button>
        </Tooltip>
      ))}
      {more.length > 0 && (
        <Popover
          label="Also here"
          align="end"
          trigger={
            <button type="button" aria-label={`${more.length} more`} className={face}>
              +{more.length}
            </button>
          }
        >
          <ul className="grid gap-1.5 text-sm">
            {more.map((person) => (
              <li key={person.id}>
                <Where person={person} />
              </li>
            ))}
          </ul>
        </Popover>
      )}
    </div>
  );
}

const face =
  'grid size-7 cursor-default place-items-center rounded-full border-2 border-canvas bg-accent-soft text-2xs font-semibold text-on-accent-soft hover:z-10 focus-visible:z-10';

function Where({ person: { name, doing } }: { person: PresentPerson }) {
  return (
    <>
      <span className="font-medium">{name}</span>, {doing}
    </>
  );
}
