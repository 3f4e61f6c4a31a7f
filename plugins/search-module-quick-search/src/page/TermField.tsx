import { useSearch } from '@backstage/plugin-search-react';
import { SearchField } from '@backstage/ui';
import { useEffect, useState } from 'react';

const WAIT_FOR_TYPING = 200;

/** What is searched for; results follow while it is typed. */
export function TermField() {
  const { term, setTerm } = useSearch();
  const [value, setValue] = useState(term);

  // The address may have changed it
  useEffect(() => setValue(term), [term]);

  useEffect(() => {
    if (value === term) {
      return undefined;
    }
    const timer = setTimeout(() => setTerm(value), WAIT_FOR_TYPING);
    return () => clearTimeout(timer);
  }, [setTerm, term, value]);

  return (
    <SearchField
      // Who comes here wants to type, as long as nothing has been asked yet
      // eslint-disable-next-line jsx-a11y/no-autofocus
      autoFocus={term === ''}
      aria-label="Search"
      placeholder="Services, people, golden paths, docs"
      maxLength={100}
      value={value}
      onChange={setValue}
      onSubmit={setTerm}
    />
  );
}
