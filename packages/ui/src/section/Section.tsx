import { BgProvider } from '@backstage/ui';
import { useId, type ReactNode } from 'react';
import styles from './Section.module.css';

/**
 * A card of a page: a heading, and what belongs under it. A landmark with the name of
 * its heading.
 *
 * @public
 */
export function Section(props: {
  title: string;
  /** Level of the heading on its page. Default: `h3`. */
  headingLevel?: 'h2' | 'h3' | 'h4';
  /** At the end of the line of the heading, such as a link to more. */
  action?: ReactNode;
  children: ReactNode;
}) {
  const { title, headingLevel: Heading = 'h3', action, children } = props;
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      {/* So that buttons and fields stand out from it */}
      <BgProvider bg="neutral-1">
        <div className={styles.head}>
          <Heading id={id} className={styles.title}>
            {title}
          </Heading>
          {action}
        </div>
        <div className={styles.body}>{children}</div>
      </BgProvider>
    </section>
  );
}
