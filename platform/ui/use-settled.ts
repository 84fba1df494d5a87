import { useEffect, useState } from 'react';

/** The value once it hasn't changed for `delay` milliseconds: what is typed, before the server is asked. */
export function useSettled<T>(value: T, delay = 200): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}
