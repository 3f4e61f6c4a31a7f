import { useEffect, useState } from 'react';
import { describeDuration } from '../duration/describeDuration';

/**
 * The time from one moment to another, or to now while there is no other.
 *
 * @public
 */
export function Elapsed(props: { from: string; to?: string }) {
  const { from, to } = props;
  const [now, setNow] = useState(Date.now);
  const isLive = to === undefined;
  useEffect(() => {
    const timer = isLive
      ? setInterval(() => setNow(Date.now()), 1000)
      : undefined;
    return () => clearInterval(timer);
  }, [isLive]);

  const end = to ? Date.parse(to) : now;
  const seconds = (end - Date.parse(from)) / 1000;
  return <span>{seconds < 1 ? 'under 1 s' : describeDuration(seconds)}</span>;
}
