import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Flex, Text } from '@backstage/ui';
import {
  describeAsOf,
  describePosition,
  EmptyState,
  ExportButton,
  Pages,
  ProblemNotice,
  useEntityTitle,
} from '@waymark/ui';
import { useCallback, useMemo, useRef } from 'react';
import { scorecardsApiRef } from '../../api';
import { isStatus } from '../../shared/isStatus';
import { useScorecard } from '../ScorecardContext';
import { ChosenFilters } from './filters/ChosenFilters';
import { describeFilter } from './filters/describeFilter';
import { FilterBar } from './filters/FilterBar';
import { NothingFound } from './NothingFound';
import { ResultsTable } from './ResultsTable';
import styles from './ServicesTab.module.css';
import { toRequestFilter, useResults } from './useResults';
import { useResultsAddress, type ResultsFilter } from './useResultsAddress';

/** Everything the scorecard judges, one row each. */
export function ServicesTab() {
  const scorecard = useScorecard();
  const client = useApi(scorecardsApiRef);
  const { filter, changeFilter, sort, changeSort, position, goTo } =
    useResultsAddress();
  const { page, error, isLoading, retry } = useResults({
    filter,
    sort,
    position,
  });
  const titles = {
    owner: useEntityTitle(filter.owner),
    system: useEntityTitle(filter.system),
    domain: useEntityTitle(filter.domain),
  };
  const chosen = describeFilter({ filter, scorecard, titles });
  const remove = useCallback(
    (names: (keyof ResultsFilter)[]) =>
      changeFilter(Object.fromEntries(names.map(name => [name, undefined]))),
    [changeFilter],
  );

  const isTooEarly = filter.asOf !== undefined && isStatus(error, 404);
  const list = useRef<HTMLDivElement>(null);
  const rows = page?.items;
  const status = useMemo(() => {
    if (!page) {
      return '';
    }
    return page.items.length > 0 ? describePosition(page) : 'Nothing found';
  }, [page]);

  return (
    <Flex direction="column" gap="4">
      <FilterBar
        filter={filter}
        count={chosen.length}
        onChange={changeFilter}
      />
      <ChosenFilters chosen={chosen} onRemove={remove} />
      {filter.asOf && (
        <Alert
          status="info"
          icon
          title={`As it stood ${describeAsOf(filter.asOf)}`}
          description="Owners, systems, domains and tags are those of today, or of when it left the catalog."
          customActions={
            <Button
              size="small"
              variant="secondary"
              onPress={() => remove(['asOf'])}
            >
              Show today
            </Button>
          }
        />
      )}
      <div ref={list} className={styles.head}>
        <Text as="div" role="status" weight="bold">
          {status}
        </Text>
        <ExportButton
          load={signal =>
            client.exportResults(
              toRequestFilter(scorecard.scorecardRef, filter),
              { signal },
            )
          }
        />
      </div>
      {isTooEarly && (
        <EmptyState title="The scorecard was not there yet">
          Choose a later day under <em>As of</em>, or look at today.
        </EmptyState>
      )}
      {error !== undefined && !isTooEarly && (
        <ProblemNotice
          title="The results cannot be shown"
          error={error}
          onRetry={retry}
        />
      )}
      {page?.items.length === 0 && (
        <NothingFound filter={page.filter} chosen={chosen} onRemove={remove} />
      )}
      {error === undefined && rows?.length !== 0 && (
        <ResultsTable
          rows={rows}
          isStale={isLoading && rows !== undefined}
          sort={sort}
          onSort={changeSort}
          rule={filter.rule}
        />
      )}
      {page && page.items.length > 0 && (
        <Pages
          page={page}
          onGoTo={next => {
            goTo(next);
            // The button is below the rows, and one reads from above
            list.current?.scrollIntoView?.({ block: 'start' });
          }}
        />
      )}
    </Flex>
  );
}
