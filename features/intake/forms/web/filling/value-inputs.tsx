import { useState } from 'react';
import { minorDigits } from '#platform/text/money.ts';
import type { ControlProps } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import type { Amount, WallTimes } from '../../field-rules.ts';
import { minorOf, numberOf } from '../../typed-rules.ts';

/** Sixteen pixels: with less a phone enlarges the page when somebody types. */
export const large = 'h-11 text-[1rem]';

interface ValueProps<V> {
  control: ControlProps;
  value: unknown;
  onValue: (value: V | undefined) => void;
}

/** What is typed stays as it was typed; the answer is the number that it means. */
export function NumberInput({ control, value, onValue }: ValueProps<number>) {
  const [text, setText] = useState(typeof value === 'number' ? String(value) : '');
  return (
    <Input
      {...control}
      inputMode="decimal"
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        onValue(numberOf(event.target.value));
      }}
      className={`${large} tabular-nums`}
    />
  );
}

/** Whole and fractional units, as people write amounts: `2500`, `2,500` or `2500,50`. */
export function MoneyInput({ control, value, onValue, currency }: ValueProps<Amount> & { currency: string }) {
  const unit = 10 ** minorDigits(currency);
  const [text, setText] = useState(isAmount(value) ? String(value.minor / unit) : '');
  return (
    <div className="flex gap-2">
      <Input
        {...control}
        inputMode="decimal"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          const minor = minorOf(event.target.value, currency);
          onValue(minor === undefined ? undefined : { minor, currency });
        }}
        className={`${large} tabular-nums`}
      />
      <span className="flex h-11 items-center text-[1rem] text-ink-soft">{currency}</span>
    </div>
  );
}

function isAmount(value: unknown): value is Amount {
  return typeof value === 'object' && value !== null && 'minor' in value && typeof value.minor === 'number';
}

/** From and until, each a day and a time by the clock of the place. Half of it is kept too. */
export function TimesInput({ control, value, onValue, earliest }: ValueProps<WallTimes> & { earliest: string }) {
  const [from, to] = isTimes(value) ? [value.from, value.to] : ['', ''];
  const [fromDay = '', fromTime = ''] = from.split('T');
  const [toDay = '', toTime = ''] = to.split('T');
  const set = (parts: readonly [string, string, string, string]) => {
    const [day, time, lastDay, lastTime] = parts;
    // Most end on the day they begin.
    const end = lastDay === '' || lastDay === fromDay ? day : lastDay;
    const nothing = day === '' && time === '' && lastTime === '' && (lastDay === '' || lastDay === fromDay);
    onValue(nothing ? undefined : { from: `${day}T${time}`, to: `${end}T${lastTime}` });
  };
  const box = (label: string, type: 'date' | 'time', at: 0 | 1 | 2 | 3) => {
    const parts: [string, string, string, string] = [fromDay, fromTime, toDay, toTime];
    return (
      <Input
        {...(at === 0 ? control : { 'aria-invalid': control['aria-invalid'] })}
        type={type}
        aria-label={label}
        value={parts[at]}
        min={type === 'date' ? (at === 2 && fromDay ? fromDay : earliest) : undefined}
        max={type === 'date' ? '2199-12-31' : undefined}
        onChange={(event) => {
          parts[at] = event.target.value;
          set(parts);
        }}
        className={`${large} min-w-0 tabular-nums ${type === 'date' ? 'flex-[3]' : 'flex-[2]'} [&[type=time]::-webkit-calendar-picker-indicator]:hidden`}
      />
    );
  };
  return (
    <div className="grid grid-cols-1 gap-2">
      {(['From', 'Until'] as const).map((end, index) => (
        <div key={end} className="grid min-w-0 gap-1">
          <span aria-hidden className="text-xs text-ink-soft">
            {end}
          </span>
          <div className="flex min-w-0 gap-2">
            {box(`${end}: day`, 'date', index === 0 ? 0 : 2)}
            {box(`${end}: time`, 'time', index === 0 ? 1 : 3)}
          </div>
        </div>
      ))}
    </div>
  );
}

function isTimes(value: unknown): value is WallTimes {
  return (
    typeof value === 'object' &&
    value !== null &&
    'from' in value &&
    'to' in value &&
    typeof value.from === 'string' &&
    typeof value.to === 'string'
  );
}
