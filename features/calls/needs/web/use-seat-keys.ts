import { useCallback, type FocusEvent, type KeyboardEvent } from 'react';

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * Arrow keys go from seat to seat, over places where there is none; Home and End to the first and last of a row. The stop
 * for Tab follows the focus. Done on the elements: as state, each step would draw a thousand cells anew.
 */
export function useSeatKeys(rows: number, columns: number) {
  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const at = placeOf(event.target);
      if (!at) return;
      const next = nextSeat(event.currentTarget, event.key, at, rows, columns);
      if (!next) return;
      event.preventDefault();
      next.focus();
    },
    [rows, columns],
  );
  const onFocus = useCallback((event: FocusEvent<HTMLElement>) => {
    if (!placeOf(event.target) || !(event.target instanceof HTMLElement)) return;
    for (const stop of event.currentTarget.querySelectorAll<HTMLElement>('[data-seat][tabindex="0"]'))
      stop.tabIndex = -1;
    event.target.tabIndex = 0;
  }, []);
  return { onKeyDown, onFocus };
}

function placeOf(target: EventTarget): [number, number] | undefined {
  const place = target instanceof HTMLElement ? target.dataset['seat'] : undefined;
  const [row, column] = (place ?? '').split('/').map(Number);
  return place === undefined || row === undefined || column === undefined ? undefined : [row, column];
}

function nextSeat(
  grid: HTMLElement,
  key: string,
  [row, column]: readonly [number, number],
  rows: number,
  columns: number,
): HTMLElement | null {
  const seatAt = (r: number, c: number) => grid.querySelector<HTMLElement>(`[data-seat="${r}/${c}"]`);
  const inRow = Array.from({ length: columns }, (_, index) => index);
  if (key === 'Home') return first(inRow, (c) => seatAt(row, c));
  if (key === 'End') return first(inRow.toReversed(), (c) => seatAt(row, c));
  const step = steps[key];
  if (!step) return null;
  for (
    let r = row + step[0], c = column + step[1];
    r >= 0 && r < rows && c >= 0 && c < columns;
    r += step[0], c += step[1]
  ) {
    const found = seatAt(r, c);
    if (found) return found;
  }
  return null;
}

function first<T>(values: readonly number[], find: (value: number) => T | null): T | null {
  for (const value of values) {
    const found = find(value);
    if (found) return found;
  }
  return null;
}
