import { SearchContextProvider } from '@backstage/plugin-search-react';
import { Container } from '@backstage/ui';
import { useState } from 'react';
import { useLocation } from 'react-router-dom';
import { readSearch } from './address';
import { AddressSync } from './AddressSync';
import { SearchFilters } from './SearchFilters';
import styles from './SearchPage.module.css';
import type { SearchPageProps } from './SearchPageProps';
import { SearchResults } from './SearchResults';
import { TermField } from './TermField';

/**
 * Everything that was found, with filters; its address says what was searched for.
 *
 * @internal
 */
export function SearchPage(props: SearchPageProps) {
  const { search } = useLocation();
  const [initialState] = useState(() => readSearch(search));
  return (
    <SearchContextProvider initialState={initialState}>
      <AddressSync />
      <Container>
        <div className={styles.page}>
          <TermField />
          <SearchFilters
            filters={props.filters}
            resultTypes={props.resultTypes}
          />
          <SearchResults items={props.items} noTrack={props.noTrack} />
        </div>
      </Container>
    </SearchContextProvider>
  );
}
