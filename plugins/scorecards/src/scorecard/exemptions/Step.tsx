import { describeDay, describeExactly, NamedEntityLink } from '@waymark/ui';
import styles from './HistoryTable.module.css';

/** What somebody did, when, and what they said. Days, since audits ask for days. */
export function Step(props: {
  what?: string;
  by?: string;
  at: string;
  text?: string;
}) {
  const { what, by, at, text } = props;
  const moment = new Date(at);
  return (
    <div>
      {text && <p className={styles.note}>{text}</p>}
      <div className={styles.who}>
        {what && `${what} by `}
        {by && <NamedEntityLink entityRef={by} />},{' '}
        <time dateTime={at} title={describeExactly(moment)}>
          {describeDay(moment)}
        </time>
      </div>
    </div>
  );
}
