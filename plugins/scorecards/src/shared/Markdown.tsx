import { MarkdownContent } from '@backstage/core-components';
import styles from './Markdown.module.css';

/** What somebody wrote in a scorecard, in the type around it. */
export function Markdown(props: { children: string }) {
  return (
    <MarkdownContent className={styles.markdown} content={props.children} />
  );
}
