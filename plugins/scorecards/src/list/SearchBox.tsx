import { SearchField } from '@backstage/ui';
import { useEffect, useState } from 'react';
import styles from './ListPage.module.css';

/** Words to look for among the scorecards, asked for with Enter. */
export function SearchBox(props: {
  value?: string;
  onChange: (value: string | undefined) => void;
}) {
  const { value = '', onChange } = props;
  const [text, setText] = useState(value);
  // Changed by something else, such as going back
  useEffect(() => setText(value), [value]);
  return (
    <SearchField
      className={styles.search}
      aria-label="Search scorecards"
      placeholder="Search scorecards"
      value={text}
      onChange={setText}
      onSubmit={asked => onChange(asked.trim() || undefined)}
      onClear={() => onChange(undefined)}
    />
  );
}
