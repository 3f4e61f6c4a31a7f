import { Container } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './PageBody.module.css';

/** What is below the tabs of a page. */
export function PageBody(props: { children: ReactNode }) {
  return <Container className={styles.body}>{props.children}</Container>;
}
