import type { Found } from './Found';
import { Marked } from './Marked';
import styles from './results.module.css';

/** Below the title: what it is and whose, and what it is for. */
export function FoundPreview(props: { found: Found }) {
  const { details, text } = props.found;
  return (
    <>
      {details.length > 0 && (
        <span className={styles.details}>{details.join(' · ')}</span>
      )}
      {text.length > 0 && (
        <span className={styles.text}>
          <Marked text={text} />
        </span>
      )}
    </>
  );
}
