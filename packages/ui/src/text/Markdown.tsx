import { MarkdownContent } from '@backstage/core-components';
import styles from './Markdown.module.css';

/** What somebody wrote, as Markdown, in the type around it. @public */
export function Markdown(props: { children: string }) {
  return (
    <MarkdownContent className={styles.markdown} content={props.children} />
  );
}
