import type { Reach } from '#platform/contract/access.ts';
import { Segmented } from '#platform/ui/segmented.tsx';
import type { PolicyClause } from '../contract.ts';
import { groupClauses } from './clause-groups.ts';
import { useOrg } from './org-context.tsx';

interface ClauseChoicesProps {
  /** Who may, as the sentence begins. */
  who: string;
  clauses: readonly PolicyClause[];
  chosen: ReadonlyMap<string, Reach>;
  onChoose: (permission: string, reach: Reach | null) => void;
}

/** “Stage manager may … commit claims: no, their own, all.” What one lacks oneself can't be given. */
export function ClauseChoices({ who, clauses, chosen, onChoose }: ClauseChoicesProps) {
  return (
    <>
      {groupClauses(clauses).map(({ title, clauses: its }) => (
        <fieldset key={title}>
          <legend className="mb-1 text-sm font-semibold tracking-tight">{title}</legend>
          <p className="truncate text-xs text-ink-faint">{who} may …</p>
          <ul className="mt-1 divide-y divide-line">
            {its.map((clause) => (
              <ClauseRow
                key={clause.permission}
                clause={clause}
                reach={chosen.get(clause.permission) ?? null}
                onReach={(reach) => onChoose(clause.permission, reach)}
              />
            ))}
          </ul>
        </fieldset>
      ))}
    </>
  );
}

function ClauseRow({
  clause: { permission, may, ownable, common },
  reach,
  onReach,
}: {
  clause: PolicyClause;
  reach: Reach | null;
  onReach: (reach: Reach | null) => void;
}) {
  const org = useOrg();
  const options = [
    { value: 'no', label: 'No' },
    ...(ownable ? [{ value: 'own', label: 'Their own', disabled: !org.can(permission, 'own') }] : []),
    { value: 'all', label: ownable ? 'All' : 'Yes', disabled: !org.can(permission) },
  ];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5 py-2 text-sm">
      <span className="min-w-0 flex-1 basis-60 text-pretty">{may}</span>
      {common ? (
        <span className="text-xs text-ink-faint">Everybody may</span>
      ) : (
        <Segmented
          label={`May ${may}`}
          value={reach ?? 'no'}
          onValue={(value) => onReach(value === 'no' ? null : value === 'own' ? 'own' : 'all')}
          options={options}
        />
      )}
    </li>
  );
}
