import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex } from '@backstage/ui';
import { EmptyState, formatNumber, useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { scorecardsApiRef } from '../../api';
import { useScorecard } from '../ScorecardContext';
import styles from './NothingFound.module.css';
import { toRequestFilter } from './useResults';
import type { ResultsFilter } from './useResultsAddress';

/**
 * In place of an empty list: which filter to take away, and how many there would be
 * without it.
 */
export function NothingFound(props: {
  filter: ResultsFilter;
  chosen: { name: keyof ResultsFilter; text: string }[];
  onRemove: (names: (keyof ResultsFilter)[]) => void;
}) {
  const { filter, chosen, onRemove } = props;
  const client = useApi(scorecardsApiRef);
  const { scorecardRef, lifecycle } = useScorecard();
  const { value: counts } = useLoaded(
    useCallback(
      (signal: AbortSignal) =>
        Promise.all(
          Object.entries(filter)
            .filter(([, value]) => value !== undefined)
            .map(async ([name]) => {
              const { totalItems } = await client.getResults(
                {
                  ...toRequestFilter(scorecardRef, {
                    ...filter,
                    [name]: undefined,
                  }),
                  limit: 1,
                },
                { signal },
              );
              return { name, totalItems };
            }),
        ),
      [client, scorecardRef, filter],
    ),
  );

  if (chosen.length === 0 && lifecycle === 'retired') {
    return (
      <EmptyState title="Nothing is judged any more">
        Choose a day of the past under <em>As of</em>, and see how services
        stood on it.
      </EmptyState>
    );
  }
  if (chosen.length === 0) {
    return (
      <EmptyState title="Nothing to judge yet">
        The scorecard applies to nothing that is in the catalog and that you may
        see. What it applies to stands in its file, under <code>appliesTo</code>
        .
      </EmptyState>
    );
  }
  const ways = chosen
    .map(({ name, text }) => ({
      name,
      text,
      found: counts?.find(each => each.name === name)?.totalItems,
    }))
    .filter(({ found }) => found !== 0);
  return (
    <EmptyState
      title="Nothing is like that"
      action={
        <Flex gap="2" style={{ flexWrap: 'wrap' }}>
          {ways.map(({ name, text, found }) => (
            <Button
              key={name}
              className={styles.way}
              size="small"
              variant="secondary"
              onPress={() => onRemove([name])}
            >
              Without {text}
              {found !== undefined && ` (${formatNumber(found)})`}
            </Button>
          ))}
          <Button
            size="small"
            variant="tertiary"
            onPress={() => onRemove(chosen.map(({ name }) => name))}
          >
            Without all filters
          </Button>
        </Flex>
      }
    >
      {ways.length > 0
        ? 'Take one of the filters away:'
        : 'No filter alone stands in the way: take several away.'}
    </EmptyState>
  );
}
