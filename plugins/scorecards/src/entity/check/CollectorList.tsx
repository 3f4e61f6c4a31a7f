import type { EvaluationResponse } from '@waymark/plugin-scorecards-common';
import styles from './CheckAgain.module.css';

type Collectors = EvaluationResponse['collectors'];

const STATUSES: Record<Collectors[number]['status'], string> = {
  collected: 'read again',
  unchanged: 'unchanged since it was read',
  failed: 'could not be read',
  skipped: 'left alone',
};

/** What each source came to. */
export function CollectorList(props: { collectors: Collectors }) {
  return (
    <ul className={styles.list}>
      {props.collectors.map(({ id, title, status, message }) => (
        <li key={id}>
          <strong>{title}</strong>: {STATUSES[status]}
          {message && ` (${message})`}
        </li>
      ))}
    </ul>
  );
}
