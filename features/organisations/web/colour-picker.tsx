import { Button } from '#platform/ui/button.tsx';

interface ColourPickerProps {
  id?: string;
  value: string | null;
  onValue: (value: string | null) => void;
  'aria-describedby'?: string;
}

/** Where nothing is chosen, as documents have it then. */
const usual = '#0f766e';

/** A colour, or none of one's own. */
export function ColourPicker({ value, onValue, ...aria }: ColourPickerProps) {
  return (
    <div className="flex items-center gap-3">
      <input
        {...aria}
        type="color"
        value={value ?? usual}
        onChange={(event) => onValue(event.target.value)}
        className="h-8 w-14 cursor-pointer rounded-md border border-line-strong/70 bg-surface p-1"
      />
      <span className="text-sm text-ink-soft tabular-nums">{value ?? 'None of your own'}</span>
      {value && (
        <Button size="sm" variant="ghost" onClick={() => onValue(null)}>
          Take it away
        </Button>
      )}
    </div>
  );
}
