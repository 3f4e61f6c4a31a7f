import { useSearch } from '@backstage/plugin-search-react';
import type { SearchResult } from '@backstage/plugin-search-common';
import { Button, Flex } from '@backstage/ui';
import { EmptyState, LoadingLines, ProblemNotice } from '@waymark/ui';
import { useRef, type KeyboardEvent } from 'react';
import { areSimilar } from '../results/areSimilar';
import { describeResult } from '../results/describeResult';
import { NothingFound } from './NothingFound';
import { ResultCard } from './ResultCard';
import styles from './SearchPage.module.css';
import type { SearchPageProps } from './SearchPageProps';
import { usePages } from '../palette/usePages';
import { useWhole } from './useWhole';

/** Types whose results this page shows by itself. */
const OWN_TYPES = ['software-catalog', 'techdocs'];

/** A page of results, or why there are none. */
export function SearchResults(
  props: Pick<SearchPageProps, 'items' | 'noTrack'>,
) {
  const { items, noTrack } = props;
  const {
    fetchNextPage,
    fetchPreviousPage,
    filters,
    pageCursor,
    result,
    setFilters,
    setPageCursor,
    setTypes,
    term,
    types,
  } = useSearch();
  const { createPath } = usePages();
  const list = useRef<HTMLOListElement>(null);
  const { error, loading, value } = result;
  const isWhole = useWhole({
    results: value,
    // Asks again, as each new filter does
    onWhole: () => setFilters({ ...filters }),
  });

  if (error) {
    return (
      <ProblemNotice
        title="Search does not answer"
        error={error}
        // Asks again, as each new filter does
        onRetry={() => setFilters({ ...filters })}
      />
    );
  }
  if (!value) {
    return <LoadingLines label="Searching" lines={6} />;
  }
  const isFiltered = types.length > 0 || Object.keys(filters).length > 0;
  if (!term && !isFiltered) {
    return (
      <EmptyState title="What are you looking for?" headingLevel="h2">
        Type a part of a name, or a word of what something does; or choose above
        what to leaf through.
      </EmptyState>
    );
  }
  const isSimilar = areSimilar(value.results);
  // What is like it says nothing as long as it may be there itself
  if (
    (value.results.length === 0 && !loading) ||
    (isSimilar && isWhole !== true)
  ) {
    return (
      <NothingFound
        term={term}
        isWhole={isWhole}
        onWiden={
          isFiltered
            ? () => {
                setTypes([]);
                setFilters({});
              }
            : undefined
        }
      />
    );
  }

  const { numberOfResults, results } = value;
  const move = (event: KeyboardEvent) => moveThrough(event, list.current);
  const say = () =>
    [
      isSimilar && `Nothing is called or described like “${term}”. Similar: `,
      count(numberOfResults, results.length),
      pageCursor && ', further page',
      isWhole === false &&
        '. Search is still reading the catalog, more appear by themselves.',
    ]
      .filter(Boolean)
      .join('');
  const others = (found: SearchResult) =>
    OWN_TYPES.includes(found.type)
      ? undefined
      : items.find(({ predicate }) => predicate?.(found))?.component;
  return (
    <>
      <p role="status" className={styles.count}>
        {loading ? 'Searching …' : say()}
      </p>
      {/* The arrow keys are a shortcut: each link is reached with Tab as well */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol
        ref={list}
        className={styles.results}
        aria-label="Results"
        aria-busy={loading}
        onKeyDown={move}
      >
        {results.map(found => {
          const Item = others(found);
          return (
            <li key={`${found.type} ${found.document.location}`}>
              {Item ? (
                <Item
                  result={found.document}
                  rank={found.rank}
                  {...{ highlight: found.highlight, noTrack }}
                />
              ) : (
                <ResultCard
                  found={describeResult(found, { createPath })}
                  rank={found.rank}
                  noTrack={noTrack}
                />
              )}
            </li>
          );
        })}
      </ol>
      {(fetchPreviousPage || fetchNextPage) && (
        <Flex gap="2" justify="between">
          <Button
            variant="secondary"
            isDisabled={!fetchPreviousPage}
            onPress={() => {
              fetchPreviousPage?.();
              if (value.previousPageCursor === undefined) {
                setPageCursor(undefined);
              }
            }}
          >
            Previous
          </Button>
          <Button
            variant="secondary"
            isDisabled={!fetchNextPage}
            onPress={() => fetchNextPage?.()}
          >
            Next
          </Button>
        </Flex>
      )}
    </>
  );
}

function count(all: number | undefined, shown: number): string {
  const number = all ?? shown;
  const noun = number === 1 ? 'result' : 'results';
  // Where the number would tell of what the reader may not see, there is none
  return all === undefined ? `${shown} ${noun} here` : `${number} ${noun}`;
}

function moveThrough(event: KeyboardEvent, list: HTMLElement | null) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = [...(list?.querySelectorAll<HTMLElement>('a[href]') ?? [])];
  const at = links.findIndex(link => link === document.activeElement);
  const next = step !== undefined && at >= 0 ? links[at + step] : undefined;
  if (next) {
    event.preventDefault();
    next.focus();
  }
}
