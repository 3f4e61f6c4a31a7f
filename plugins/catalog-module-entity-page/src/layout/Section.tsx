import { useId, type ReactNode } from 'react';
import styles from './Section.module.css';

/** A card of the overview: a heading, and what belongs under it. */
export function Section(props: {
  title: string;
  /** At the end of the line of the heading, such as a link to more. */
  action?: ReactNode;
  children: ReactNode;
}) {
  const { title, action, children } = props;
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <h3 id={id} className={styles.title}>
          {title}
        </h3>
        {action}
      </div>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
