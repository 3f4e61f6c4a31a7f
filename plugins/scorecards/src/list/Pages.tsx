import { ButtonLink } from '@backstage/ui';
import { useLocation } from 'react-router-dom';
import styles from './ListPage.module.css';

/** Ways to other pages of the list: addresses, so that going back goes back. */
export function Pages(props: { cursor?: string; nextCursor?: string }) {
  const { cursor, nextCursor } = props;
  const { pathname, search } = useLocation();
  const at = (value?: string) => {
    const query = new URLSearchParams(search);
    query.delete('cursor');
    if (value) {
      query.set('cursor', value);
    }
    return `${pathname}?${query}`;
  };
  if (!cursor && !nextCursor) {
    return null;
  }
  return (
    <nav className={styles.pages} aria-label="Pages of the list">
      {cursor && (
        <ButtonLink href={at()} variant="secondary">
          First page
        </ButtonLink>
      )}
      {nextCursor && (
        <ButtonLink href={at(nextCursor)} variant="secondary">
          Next page
        </ButtonLink>
      )}
    </nav>
  );
}
