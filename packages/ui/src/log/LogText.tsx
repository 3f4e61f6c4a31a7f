import { useEffect, useRef } from 'react';
import styles from './LogText.module.css';

/**
 * The lines of a log, in a window of their own that scrolls.
 *
 * @public
 */
export function LogText(props: {
  /** Names the log, for screen readers. */
  label: string;
  text: string;
  /** Whether its end stays in sight while it grows. */
  isFollowed: boolean;
}) {
  const { label, text, isFollowed } = props;
  const lines = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (isFollowed && lines.current) {
      lines.current.scrollTop = lines.current.scrollHeight;
    }
  }, [text, isFollowed]);

  return (
    <div
      ref={lines}
      className={styles.log}
      role="region"
      aria-label={label}
      // It scrolls; with the keyboard as well
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <pre>{text}</pre>
    </div>
  );
}
