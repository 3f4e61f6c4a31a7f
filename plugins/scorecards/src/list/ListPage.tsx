import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Container } from '@backstage/ui';
import {
  EmptyState,
  formatNumber,
  LoadingLines,
  PeriodChoice,
  ProblemNotice,
  useAddress,
  useLoaded,
  usePeriod,
} from '@waymark/ui';
import { useCallback, useEffect, useRef } from 'react';
import { describePeriod } from '../shared/describePeriod';
import { scorecardsApiRef } from '../api';
import styles from './ListPage.module.css';
import { NoScorecards } from './NoScorecards';
import { Pages } from './Pages';
import { RetiredList } from './RetiredList';
import { ScorecardItem } from './ScorecardItem';
import { SearchBox } from './SearchBox';
import { useTrends } from './useTrends';

/** Scorecards of one page; of fewer there is nothing to search. */
const LIMIT = 20;

const PERIODS = [30, 90] as const;

/** All scorecards: what each is for, whom it judges and how they stand. */
export function ListPage() {
  const client = useApi(scorecardsApiRef);
  const [query, change] = useAddress();
  const search = query.get('search') ?? undefined;
  const cursor = query.get('cursor') ?? undefined;
  const [days, chooseDays] = usePeriod({
    name: 'days',
    choices: PERIODS,
    standard: 30,
  });
  const { value, error, isLoading, retry } = useLoaded(
    useCallback(
      signal =>
        client.listScorecards(
          {
            search,
            cursor,
            lifecycle: ['draft', 'live'],
            rules: false,
            limit: LIMIT,
          },
          { signal },
        ),
      [client, search, cursor],
    ),
    { keep: true },
  );
  const trends = useTrends(value?.items, days);

  // Another page begins at its top, also for who does not see it
  const page = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const shown = useRef({ search, cursor });
  useEffect(() => {
    const before = shown.current;
    if (isLoading) {
      return;
    }
    shown.current = { search, cursor };
    if (before.cursor !== cursor && before.search === search) {
      list.current?.focus();
      list.current?.scrollIntoView?.({ block: 'start' });
    }
  }, [isLoading, search, cursor]);

  const total = value?.totalItems ?? value?.items.length ?? 0;
  const isMany = search !== undefined || cursor || value?.nextCursor;
  const isLast = value !== undefined && !value.nextCursor;
  return (
    <Container>
      <div ref={page} className={styles.page} tabIndex={-1}>
        {value && (total > 0 || search !== undefined) && (
          <div className={styles.tools}>
            {isMany && (
              <SearchBox
                value={search}
                onChange={text => change({ search: text, cursor: undefined })}
              />
            )}
            <span role="status">
              {formatNumber(total)} {total === 1 ? 'scorecard' : 'scorecards'}
              {search !== undefined && ` found for “${search}”`}
            </span>
            <span className={styles.period}>
              Trend over
              <PeriodChoice
                label="Trend over"
                choices={PERIODS}
                describe={describePeriod}
                value={days}
                onChange={chooseDays}
              />
            </span>
          </div>
        )}
        {!value && !error && (
          <LoadingLines label="Loading the scorecards" lines={16} />
        )}
        {error !== undefined && (
          <ProblemNotice
            title="The scorecards cannot be shown"
            error={error}
            onRetry={retry}
          />
        )}
        {trends.error !== undefined && (
          <ProblemNotice
            title="The trends cannot be shown"
            error={trends.error}
            onRetry={trends.retry}
          />
        )}
        {value && total === 0 && search === undefined && <NoScorecards />}
        {value && total === 0 && search !== undefined && (
          <EmptyState
            headingLevel="h2"
            title={`No scorecard has “${search}” in its name or purpose`}
            action={
              <Button
                variant="secondary"
                onPress={() => {
                  change({ search: undefined });
                  page.current?.focus();
                }}
              >
                Show all scorecards
              </Button>
            }
          />
        )}
        {value && value.items.length > 0 && (
          <ul
            ref={list}
            className={styles.items}
            aria-label="Scorecards"
            aria-busy={isLoading}
            tabIndex={-1}
          >
            {value.items.map(scorecard => (
              <ScorecardItem
                key={scorecard.scorecardRef}
                scorecard={scorecard}
                points={
                  trends.isLoading && scorecard.lifecycle === 'live'
                    ? 'loading'
                    : trends.value?.get(scorecard.scorecardRef)
                }
              />
            ))}
          </ul>
        )}
        {value && <Pages cursor={cursor} nextCursor={value.nextCursor} />}
        {isLast && <RetiredList search={search} />}
      </div>
    </Container>
  );
}
