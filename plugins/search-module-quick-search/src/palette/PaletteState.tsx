import { ProblemNotice } from '@waymark/ui';
import type { Searched } from './useSearched';
import styles from './Palette.module.css';

/** How the search stands, in a sentence; read out when it changes. */
export function PaletteState(props: {
  term: string;
  searched: Searched;
  isLoading: boolean;
  /** How many things are listed. */
  count: number;
  onRetry: () => void;
}) {
  const { term, searched, isLoading, count, onRetry } = props;
  if (term && searched.error && !isLoading) {
    return (
      <div className={styles.state}>
        <ProblemNotice
          title="Search does not answer"
          error={searched.error}
          onRetry={onRetry}
        />
      </div>
    );
  }
  const [visible, spoken] = describe();
  return (
    <>
      <div className={visible ? styles.state : undefined} role="status">
        {visible ?? <span className={styles.spoken}>{spoken}</span>}
      </div>
      {isLoading && <div className={styles.loading} aria-hidden="true" />}
    </>
  );

  function describe(): [string | undefined, string?] {
    if (!term) {
      return [
        count > 0
          ? undefined
          : 'Type a part of a name, or a word of what you look for.',
      ];
    }
    if (isLoading) {
      return [count > 0 ? undefined : 'Searching …'];
    }
    if (searched.isFilling) {
      return [
        `Search is still reading the catalog. ${
          count > 0 ? 'More results' : 'Results'
        } appear here by themselves in a moment.`,
      ];
    }
    if (count === 0) {
      return [
        `Nothing is called or described like “${term}”. Try fewer words, or the beginning of one.`,
      ];
    }
    if (searched.isSimilar) {
      return [`Nothing is called or described like “${term}”. Similar to it:`];
    }
    return [undefined, count === 1 ? '1 result' : `${count} results`];
  }
}
