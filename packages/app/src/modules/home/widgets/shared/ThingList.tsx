import { Link, Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './ThingList.module.css';

/** Things to open, one per line, or as many beside each other as there is room. */
export function ThingList(props: {
  label: string;
  isGrid?: boolean;
  children: ReactNode;
}) {
  const { label, isGrid, children } = props;
  return (
    <ul className={isGrid ? styles.grid : styles.list} aria-label={label}>
      {children}
    </ul>
  );
}

/** One of them: its name, a few words on it, and what can be done with it. */
export function Thing(props: {
  /** Without one it is only named. */
  href?: string;
  title: string;
  detail?: ReactNode;
  action?: ReactNode;
}) {
  const { href, title, detail, action } = props;
  return (
    <li className={styles.thing}>
      <div className={styles.text}>
        {href ? (
          <Link href={href} className={styles.title}>
            {title}
          </Link>
        ) : (
          <Text as="div">{title}</Text>
        )}
        {detail && (
          <Text as="div" variant="body-small" color="secondary">
            {detail}
          </Text>
        )}
      </div>
      {action}
    </li>
  );
}
