import { useApi } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type { FirstStepsReport } from '@waymark/plugin-golden-paths-common';
import {
  Choice,
  EmptyState,
  EntityFilter,
  FilterFields,
  LoadingLines,
  useAddress,
  useMore,
} from '@waymark/ui';
import { useCallback } from 'react';
import { goldenPathsApiRef } from '../api';
import { DocsLink } from '../shared/DocsLink';
import { MoreButton } from '../shared/MoreButton';
import { PageBody } from '../shared/PageBody';
import { useWeeks, WeeksChoice } from '../shared/WeeksChoice';
import { NewService } from './NewService';
import { StepDurations } from './StepDurations';
import { STEPS } from './steps';
import styles from './NewServicesPage.module.css';

/** How new services came to life, from the form to production. */
export function NewServicesPage() {
  const client = useApi(goldenPathsApiRef);
  const [query, change] = useAddress();
  const owner = query.get('owner') ?? undefined;
  const template = query.get('template') ?? undefined;
  const state = ['stuck', 'done'].find(id => id === query.get('state')) as
    | 'stuck'
    | 'done'
    | undefined;
  const step = STEPS.find(({ id }) => id === query.get('step'))?.id;
  const [weeks] = useWeeks();
  const list = useMore<FirstStepsReport>(
    useCallback(
      (cursor, signal) =>
        client.getFirstSteps(
          { owner, template, state, step, weeks, cursor, limit: 20 },
          { signal },
        ),
      [client, owner, template, state, step, weeks],
    ),
  );
  const isNarrowed = Boolean(owner || template || state || step);
  const isEmpty = list.items?.length === 0 && !list.isLoading && !list.error;

  return (
    <PageBody>
      <Flex direction="column" gap="5">
        <FilterFields>
          <EntityFilter
            kind="group"
            label="Owner"
            value={owner}
            onChange={ref => change({ owner: ref })}
          />
          <Choice
            label="State"
            any="All"
            value={state}
            options={[
              { id: 'stuck', label: 'Not all the way yet' },
              { id: 'done', label: 'In production' },
            ]}
            onChange={value => change({ state: value })}
          />
          <Choice
            label="Waits for"
            any="Any step"
            value={step}
            options={STEPS.filter(({ id }) => id !== 'requested').map(
              ({ id, title }) => ({ id, label: title }),
            )}
            onChange={value => change({ step: value })}
          />
          <WeeksChoice label="Requested within" />
        </FilterFields>

        {list.first && !isEmpty && (
          <StepDurations durations={list.first.durations} />
        )}
        {isEmpty && isNarrowed && (
          <EmptyState headingLevel="h2" title="No new service is like that">
            Choose another owner, state or step, or a longer time.
          </EmptyState>
        )}
        {isEmpty && !isNarrowed && (
          <EmptyState
            headingLevel="h2"
            title={`No new service within ${weeks} weeks`}
            action={<DocsLink>What is measured, and how</DocsLink>}
          >
            As soon as somebody creates a service on a golden path, it stands
            here with the time that each step took, and where it does not get
            on.
          </EmptyState>
        )}
        {!list.items && !list.error && (
          <LoadingLines label="Loading new services" lines={12} />
        )}
        {list.items && list.items.length > 0 && (
          <ul
            className={styles.list}
            aria-label="New services, the latest first"
            aria-busy={list.isLoading || undefined}
          >
            {list.items.map(row => (
              <li key={row.taskId ?? row.entityRef ?? row.title}>
                <NewService row={row} />
              </li>
            ))}
          </ul>
        )}
        <MoreButton list={list} problem="New services cannot be shown" />
        {list.items && list.items.length > 0 && (
          <Text as="p" variant="body-small" color="secondary">
            Times are from the request. Staging and production count from when
            something saw the service running, not from what a pipeline claims.
          </Text>
        )}
      </Flex>
    </PageBody>
  );
}
