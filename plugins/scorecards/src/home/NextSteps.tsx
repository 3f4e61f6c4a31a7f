import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink, Flex, Link, Text } from '@backstage/ui';
import type { EntityNextSteps } from '@waymark/plugin-scorecards-common';
import {
  EmptyState,
  formatNumber,
  LoadingLines,
  ProblemNotice,
  useLoaded,
} from '@waymark/ui';
import { useCallback, useEffect, useRef, useState } from 'react';
import { scorecardsApiRef } from '../api';
import { judgedBy } from '../group/GroupStandings';
import { rootRouteRef } from '../routes';
import styles from './NextSteps.module.css';
import { StepsOfEntity } from './StepsOfEntity';
import { useOwnership } from './useOwnership';

/** At first sight; the nearest to their next level come first. */
const SHOWN = 3;

/** At most, with all that was asked for: the rest is in the lists of scorecards. */
const MOST = 50;

function StepList(props: { items: EntityNextSteps[] }) {
  const list = useRef<HTMLUListElement>(null);
  const { items } = props;
  const before = useRef(items.length);
  // Where the button stood that showed them
  useEffect(() => {
    if (items.length > before.current) {
      list.current?.children[before.current]?.querySelector('a')?.focus();
    }
    before.current = items.length;
  }, [items.length]);

  return (
    <ul ref={list} className={styles.list} aria-label="Next steps">
      {items.map(item => (
        <li key={`${item.entityRef} ${item.scorecardRef}`}>
          <StepsOfEntity item={item} />
        </li>
      ))}
    </ul>
  );
}

function Nothing(props: { owners: string[] }) {
  const { owners } = props;
  const client = useApi(scorecardsApiRef);
  const list = useRouteRef(rootRouteRef)?.() ?? '';
  // Nothing is left to do, or there is nothing: which one, only they need to ask
  const { value: isJudged } = useLoaded(
    useCallback(
      async signal => {
        // One after the other: most often, the first or second group tells
        for (const owner of owners) {
          const report = await client.getLevelsReport({ owner }, { signal });
          if (judgedBy(report).length > 0) {
            return true;
          }
        }
        return false;
      },
      [client, owners],
    ),
  );
  if (isJudged === undefined) {
    return <LoadingLines label="Loading your next steps" lines={6} />;
  }
  return isJudged ? (
    <EmptyState isPlain title="All on their highest level">
      Nothing is left to do for what you own. Thank you for looking after it.
    </EmptyState>
  ) : (
    <EmptyState
      isPlain
      title="Nothing of yours is judged yet"
      action={
        <ButtonLink href={list} variant="secondary">
          See all scorecards
        </ButtonLink>
      }
    >
      When you or your groups own something that a scorecard is about, the next
      steps for it stand here.
    </EmptyState>
  );
}

function StepsOf(props: { owners: string[] }) {
  const { owners } = props;
  const client = useApi(scorecardsApiRef);
  const list = useRouteRef(rootRouteRef)?.() ?? '';
  const [limit, setLimit] = useState(SHOWN);
  const { value, error, isLoading, retry } = useLoaded(
    useCallback(
      signal => client.getNextStepsReport({ owner: owners, limit }, { signal }),
      [client, owners, limit],
    ),
    { keep: true },
  );

  if (error) {
    return (
      <ProblemNotice
        title="Your next steps cannot be shown"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return <LoadingLines label="Loading your next steps" lines={6} />;
  }
  if (value.totalItems === 0) {
    return <Nothing owners={owners} />;
  }
  const hidden = value.totalItems - value.items.length;
  return (
    <Flex direction="column" gap="4">
      <StepList items={value.items} />
      <Flex align="center" gap="4">
        {hidden > 0 && limit < MOST && (
          <Button
            size="small"
            variant="secondary"
            isDisabled={isLoading}
            onPress={() => setLimit(MOST)}
          >
            {`Show ${formatNumber(Math.min(hidden, MOST - SHOWN))} more`}
          </Button>
        )}
        {hidden > 0 && limit === MOST && (
          <Text as="p" variant="body-small" color="secondary">
            {`These are the first of ${formatNumber(value.totalItems)}.`}
          </Text>
        )}
        <Link href={list} variant="body-small">
          All scorecards
        </Link>
      </Flex>
    </Flex>
  );
}

/** What stands between the services of the reader and their next level. */
export function NextSteps() {
  const { value: owners, error, retry } = useOwnership();
  if (error) {
    return (
      <ProblemNotice
        title="Your next steps cannot be shown"
        error={error}
        onRetry={retry}
      />
    );
  }
  return owners ? (
    <StepsOf owners={owners} />
  ) : (
    <LoadingLines label="Loading your next steps" lines={6} />
  );
}
