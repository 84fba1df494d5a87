import { useEffect, useState } from 'react';

/** The time in milliseconds, read anew every quarter of a minute: for what counts down. */
export function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
