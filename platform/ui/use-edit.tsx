import { useRef, useState, type ReactNode } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { Button } from './button.tsx';
import { ErrorNotice } from './error-notice.tsx';

interface Edit<V> {
  /** For the form's `onSubmit`: sends the changed fields only. */
  onSubmit: (values: V) => Promise<void>;
  /** For the form's `renderError`: both values where somebody else was faster. */
  renderError: (error: unknown) => ReactNode;
}

/**
 * Saves what was changed in a record since the form opened, with the version seen then. The server merges fields
 * that nobody else touched; for the others both values are shown and one is chosen.
 *
 * @param row as it is when the form opens; later values of the prop are not taken over
 * @param save sends the changes, and rejects with `version_conflict` when they clash
 */
export function useEdit<V extends object>(
  row: V & { version: number },
  save: (changes: Partial<V> & { version: number }) => Promise<unknown>,
  onDone: () => void,
): Edit<V> {
  const [base] = useState(row);
  const pending = useRef<Partial<V>>({});
  const onSubmit = async (values: V) => {
    pending.current = changedFields(base, values);
    if (Object.keys(pending.current).length > 0) await save({ ...pending.current, version: base.version });
    onDone();
  };
  const renderError = (error: unknown) => {
    const clash = clashOf(error);
    if (!clash) return undefined;
    const decide = async (mine: boolean) => {
      const kept = mine ? pending.current : without(pending.current, Object.keys(clash.fields));
      if (Object.keys(kept).length > 0) await save({ ...kept, version: mine ? clash.version : base.version });
      onDone();
    };
    return <ClashNotice clash={clash} onDecide={decide} />;
  };
  return { onSubmit, renderError };
}

interface Clash {
  version: number;
  fields: Record<string, { yours: unknown; theirs: unknown }>;
}

function ClashNotice({ clash, onDecide }: { clash: Clash; onDecide: (mine: boolean) => Promise<void> }) {
  const [error, setError] = useState<unknown>(null);
  const decide = (mine: boolean) => () => {
    setError(null);
    onDecide(mine).catch(setError);
  };
  return (
    <div
      role="alert"
      className="max-h-[40dvh] overflow-y-auto rounded-md bg-hold-soft px-3 py-2.5 text-sm text-on-hold-soft"
    >
      <p className="font-medium">Somebody else changed this while you were writing.</p>
      <dl className="mt-2 grid gap-2">
        {Object.entries(clash.fields).map(([field, { yours, theirs }]) => (
          <div key={field} className="min-w-0">
            <dt className="text-xs font-medium">{words(field)}</dt>
            <dd className="break-words">Yours: {shown(yours)}</dd>
            <dd className="break-words">Theirs: {shown(theirs)}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="sm" onClick={decide(true)}>
          Keep mine
        </Button>
        <Button size="sm" onClick={decide(false)}>
          Keep theirs
        </Button>
      </div>
      {error !== null && <ErrorNotice error={error} className="mt-3" />}
    </div>
  );
}

function clashOf(error: unknown): Clash | null {
  if (!(error instanceof ApiError) || error.code !== 'version_conflict') return null;
  const { version, conflicts } = error.problem;
  if (typeof version !== 'number' || typeof conflicts !== 'object' || conflicts === null) return null;
  const fields = Object.entries(conflicts).map(([field, both]: [string, { yours: unknown; theirs: unknown }]) => [
    field,
    both,
  ]);
  return { version, fields: Object.fromEntries(fields) };
}

function changedFields<V extends object>(before: V, after: V): Partial<V> {
  const changed: Partial<V> = {};
  for (const key in after) {
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) changed[key] = after[key];
  }
  return changed;
}

function without<V extends object>(values: Partial<V>, names: readonly string[]): Partial<V> {
  const kept: Partial<V> = {};
  for (const key in values) {
    if (!names.includes(key)) kept[key] = values[key];
  }
  return kept;
}

/** `rateCurrency` → “Rate currency”. */
function words(field: string): string {
  const spaced = field.replace(/([A-Z])/g, ' $1').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function shown(value: unknown): string {
  if (value === null || value === '') return 'empty';
  if (Array.isArray(value)) return value.map(shown).join(', ') || 'none';
  return typeof value === 'object' ? Object.values(value).map(String).join(' ') : String(value);
}
