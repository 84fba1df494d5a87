import { useEffect, useState } from 'react';

/** The present instant, as UTC with milliseconds, moving on by the minute while it is in sight. */
export function useNow(): string {
  const [now, setNow] = useState(() => new Date().toISOString());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date().toISOString()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
