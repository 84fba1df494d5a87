import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { formatFormula } from '#features/calls/instruments/formula-text-rules.ts';
import { parseFormula } from '#features/calls/instruments/formula-rules.ts';
import { isInstrument } from '#features/calls/instruments/instrument-rules.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useChange } from '#platform/client/use-change.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import type { Need, SeatGrid } from '../contract.ts';
import { FormulaBox } from './formula-box.tsx';
import { FormulaChanges } from './formula-changes.tsx';
import { needsApi, seatTables } from './needs-queries.ts';
import { ServicesField } from './services-field.tsx';

interface Work {
  formula: string;
  scheduleItemIds: string[] | null;
}

interface FormulaDialogProps {
  engagementId: string;
  grid: SeatGrid;
  onDone: () => void;
}

/** Needs from the instrumentation of what is played. */
export function FormulaForm({ engagementId, grid, onDone }: FormulaDialogProps) {
  const org = useOrg();
  const [works, setWorks] = useState<readonly Work[]>(() => [
    { formula: formulaOf(grid.needs), scheduleItemIds: null },
  ]);
  const [release, setRelease] = useState(false);
  const read = works.map(({ formula }) => parseFormula(formula));
  const whole = read.every((each) => 'needs' in each) && works.every((work) => work.scheduleItemIds?.length !== 0);
  const asked = useSettled(JSON.stringify(works), 250);
  const preview = useQuery({
    queryKey: orgKey(org.slug, 'seats', 'formula', engagementId, asked),
    queryFn: ({ signal }) =>
      needsApi.previewFormula({ org: org.slug, params: { id: engagementId }, body: { works: [...works] } }, { signal }),
    enabled: whole && asked === JSON.stringify(works),
    placeholderData: keepPreviousData,
    meta: { alsoOn: ['needs', 'schedule_items'] },
  });
  const apply = useChange(org.slug, seatTables, (body: { works: Work[]; release: boolean }, call) =>
    needsApi.applyFormula({ org: org.slug, params: { id: engagementId }, body }, call),
  );
  const losing = new Set((preview.data?.needs ?? []).flatMap(({ people }) => people)).size;
  const change = (index: number, part: Partial<Work>) =>
    setWorks(works.map((work, at) => (at === index ? { ...work, ...part } : work)));
  return (
    <form
      className="flex flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) apply.mutate({ works: [...works], release }, { onSuccess: onDone });
      }}
    >
      <div className="grid gap-5 pb-5">
        {works.map((work, index) => (
          <WorkFields
            key={index}
            label={works.length > 1 ? `Work ${index + 1}` : 'Instrumentation'}
            work={work}
            read={read[index]}
            grid={grid}
            several={works.length > 1}
            onChange={(part) => change(index, part)}
            onRemove={() => setWorks(works.filter((_, at) => at !== index))}
          />
        ))}
        <div>
          <Button
            size="sm"
            disabled={works.length >= 20}
            onClick={() => setWorks([...works, { formula: '', scheduleItemIds: null }])}
          >
            <Plus aria-hidden /> Another work
          </Button>
        </div>
        {whole && preview.isPending && <SkeletonRows rows={3} />}
        {whole && preview.error && <ErrorNotice error={preview.error} />}
        {whole && preview.data && <FormulaChanges {...preview.data} />}
        {losing > 0 && <ReleaseToo people={losing} checked={release} onCheck={setRelease} />}
      </div>
      <SubmitFooter
        onCancel={onDone}
        busy={apply.isPending}
        disabled={!whole || (losing > 0 && !release)}
        error={apply.error}
      >
        Save what is needed
      </SubmitFooter>
    </form>
  );
}

function ReleaseToo({
  people,
  checked,
  onCheck,
}: {
  people: number;
  checked: boolean;
  onCheck: (checked: boolean) => void;
}) {
  return (
    <label className="flex items-start gap-2 text-sm">
      <input
        type="checkbox"
        className="mt-1 accent-accent"
        checked={checked}
        onChange={({ target }) => onCheck(target.checked)}
      />
      {people === 1 ? 'One person loses a seat' : `${people} people lose a seat`}, and their time is free again.
    </label>
  );
}

interface WorkFieldsProps {
  label: string;
  work: Work;
  read: ReturnType<typeof parseFormula> | undefined;
  grid: SeatGrid;
  several: boolean;
  onChange: (part: Partial<Work>) => void;
  onRemove: () => void;
}

function WorkFields({ label, work, read, grid, several, onChange, onRemove }: WorkFieldsProps) {
  const players = read && 'needs' in read ? read.needs.reduce((sum, { quantity }) => sum + quantity, 0) : 0;
  return (
    <fieldset className="relative grid min-w-0 gap-3">
      {several && (
        <IconButton label={`Leave out ${label}`} size="icon-sm" className="absolute -top-1 right-0" onClick={onRemove}>
          <X aria-hidden />
        </IconButton>
      )}
      <FormulaBox
        label={label}
        value={work.formula}
        onValue={(formula) => onChange({ formula })}
        error={read && 'error' in read ? read.error : null}
        summary={`${players} players`}
        autoFocus={!several}
      />
      {(several || work.scheduleItemIds !== null) && grid.services.length > 1 && (
        <ServicesField
          label="Played at"
          services={grid.services}
          value={work.scheduleItemIds}
          onValue={(scheduleItemIds) => onChange({ scheduleItemIds })}
          {...(work.scheduleItemIds?.length === 0 ? { error: 'Choose one service at least.' } : {})}
        />
      )}
    </fieldset>
  );
}

/** What the needs that an earlier formula made would be written as. */
function formulaOf(needs: readonly Need[]): string {
  const made = needs.flatMap(({ source, skill, title, kind, doubles, quantity }) =>
    source === 'formula' && isInstrument(skill)
      ? [{ instrument: skill, title, kind, doubles: doubles.filter(isInstrument), quantity }]
      : [],
  );
  return made.length > 0 ? formatFormula(made) : '';
}
