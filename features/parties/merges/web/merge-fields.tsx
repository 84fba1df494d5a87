import { useId } from 'react';
import type { Party } from '#features/parties/contract.ts';
import { cn } from '#platform/ui/class-names.ts';
import { choosable, type Choosable } from '../rules.ts';
import { fieldWords } from './merge-words.ts';

interface MergeFieldsProps {
  survivor: Party;
  other: Party;
  take: readonly Choosable[];
  joinNotes: boolean;
  onTake: (field: Choosable, theirs: boolean) => void;
  onJoinNotes: (join: boolean) => void;
}

/** Both contacts side by side: of each field where they differ, one value is chosen. */
export function MergeFields({ survivor, other, take, joinNotes, onTake, onJoinNotes }: MergeFieldsProps) {
  const shown = choosable.filter((field) => survivor[field] || other[field]);
  const roles = [...new Set([...survivor.roles, ...other.roles])];
  return (
    <div className="grid gap-3 text-sm">
      <div className="hidden grid-cols-[6rem_1fr_1fr] gap-2 text-xs text-ink-faint sm:grid">
        <span />
        <span>Stays</span>
        <span>Becomes one with it</span>
      </div>
      {shown.map((field) => (
        <FieldChoice
          key={field}
          label={fieldWords[field]}
          mine={survivor[field]}
          theirs={other[field]}
          takesTheirs={take.includes(field)}
          disabled={field === 'notes' && joinNotes}
          onTake={(theirs) => onTake(field, theirs)}
        />
      ))}
      {survivor.notes && other.notes && (
        <label className="flex items-center gap-2 sm:ml-26">
          <input
            type="checkbox"
            checked={joinNotes}
            onChange={(event) => onJoinNotes(event.target.checked)}
            className="size-4 accent-accent"
          />
          Keep both notes
        </label>
      )}
      {roles.length > 0 && (
        <p className="grid gap-2 sm:grid-cols-[6rem_1fr]">
          <span className="text-ink-faint">Roles</span>
          <span>{roles.join(', ')}</span>
        </p>
      )}
    </div>
  );
}

interface FieldChoiceProps {
  label: string;
  mine: string | null;
  theirs: string | null;
  takesTheirs: boolean;
  disabled: boolean;
  onTake: (theirs: boolean) => void;
}

function FieldChoice({ label, mine, theirs, takesTheirs, disabled, onTake }: FieldChoiceProps) {
  const name = useId();
  const same = mine === theirs;
  const options = [
    { value: mine, chosen: !takesTheirs, theirs: false },
    { value: theirs, chosen: takesTheirs, theirs: true },
  ];
  return (
    <fieldset
      disabled={disabled}
      className={cn('grid gap-1.5 sm:grid-cols-[6rem_1fr_1fr] sm:gap-2', disabled && 'opacity-60')}
    >
      <legend className="contents">
        <span className="pt-1.5 text-ink-faint">{label}</span>
      </legend>
      {options.map((option) => (
        <label
          key={String(option.theirs)}
          className={cn(
            'flex min-w-0 items-start gap-2 rounded-md border px-2.5 py-1.5',
            option.chosen && !same ? 'border-accent bg-accent-soft text-on-accent-soft' : 'border-line',
          )}
        >
          {!same && (
            <input
              type="radio"
              name={name}
              checked={option.chosen}
              onChange={() => onTake(option.theirs)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
          )}
          <span className="min-w-0 break-words whitespace-pre-wrap">
            {option.value || <span className="opacity-70">Nothing</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
