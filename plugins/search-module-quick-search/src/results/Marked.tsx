import type { MarkedText } from './Found';
import styles from './results.module.css';

/** A text with the words in it that were asked for. */
export function Marked(props: { text: MarkedText }) {
  return (
    <>
      {props.text.map(({ text, isMarked }, index) =>
        isMarked ? (
          <mark key={index} className={styles.mark}>
            {text}
          </mark>
        ) : (
          <span key={index}>{text}</span>
        ),
      )}
    </>
  );
}
