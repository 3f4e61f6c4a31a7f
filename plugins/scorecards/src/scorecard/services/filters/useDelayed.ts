import { useEffect, useState } from 'react';

/** Typing pauses for so long before anything is asked, in milliseconds. */
const PAUSE = 250;

/** What a value was once it had not changed for a moment; emptied, it is at once. */
export function useDelayed(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), value ? PAUSE : 0);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
