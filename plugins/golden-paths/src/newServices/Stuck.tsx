import { Link, Text } from '@backstage/ui';
import type { FirstStepsRow } from '@waymark/plugin-golden-paths-common';
import { Moment, safeUrl } from '@waymark/ui';
import { STEPS } from './steps';
import styles from './Stuck.module.css';

/** Where a new service does not get on, since when, and where to look. */
export function Stuck(props: { stuck: NonNullable<FirstStepsRow['stuck']> }) {
  const { step, since, reason, message, url } = props.stuck;
  const known = STEPS.find(({ id }) => id === step);
  // Inside the portal, or on the web; nothing else leads anywhere
  const href = url && (/^\/(?![/\\])/.test(url) ? url : safeUrl(url));
  return (
    <div className={styles.stuck} data-reason={reason}>
      <Text as="p" weight="bold">
        {reason === 'failed'
          ? `Stuck: ${known?.title ?? step} failed`
          : `Waiting: ${known?.waits ?? step}`}
        {reason === 'failed' ? ', ' : '; began '}
        <Moment at={since} inline />
      </Text>
      {message && <Text as="p">{message}</Text>}
      {href && <Link href={href}>See what happened</Link>}
    </div>
  );
}
