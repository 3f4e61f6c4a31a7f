import { useApi } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type {
  TemplateRuns as Runs,
  TemplateRunState,
} from '@waymark/plugin-golden-paths-common';
import {
  Choice,
  EmptyState,
  FilterFields,
  isDay,
  useAddress,
  useMore,
} from '@waymark/ui';
import { useCallback } from 'react';
import { goldenPathsApiRef } from '../../api';
import { describeWeek } from '../../metrics/describeWeek';
import { MoreButton } from '../../shared/MoreButton';
import { useWeeks, WeeksChoice } from '../../shared/WeeksChoice';
import { BackToTemplate } from '../BackToTemplate';
import { RunsTable } from './RunsTable';

const PAGE_SIZE = 50;

const STATES: { id: TemplateRunState; label: string }[] = [
  { id: 'succeeded', label: 'Succeeded' },
  { id: 'failed', label: 'Failed' },
  { id: 'cancelled', label: 'Cancelled' },
  { id: 'running', label: 'Running' },
];

/** The runs behind the numbers of a golden path. */
export function TemplateRuns(props: { templateRef: string }) {
  const { templateRef } = props;
  const client = useApi(goldenPathsApiRef);
  const [query, change] = useAddress();
  const [weeks] = useWeeks();
  const state = STATES.find(({ id }) => id === query.get('state'))?.id;
  const step = query.get('step') ?? undefined;
  const week = query.get('week') ?? undefined;
  const list = useMore<Runs>(
    useCallback(
      (cursor, signal) =>
        client.getTemplateRuns(
          { templateRef, weeks, state, step, week, cursor, limit: PAGE_SIZE },
          { signal },
        ),
      [client, templateRef, weeks, state, step, week],
    ),
  );
  const isEmpty = list.items?.length === 0 && !list.isLoading && !list.error;
  return (
    <Flex direction="column" gap="4">
      <BackToTemplate templateRef={templateRef} title="Its runs" />
      <FilterFields>
        <Choice
          label="How they ended"
          any="All"
          value={state}
          options={STATES}
          onChange={id => change({ state: id, step: undefined })}
        />
        {step !== undefined && (
          <Choice
            label="Failed at"
            any="Any step"
            value={step}
            options={[{ id: step, label: step }]}
            onChange={id => change({ step: id })}
          />
        )}
        {week !== undefined && (
          <Choice
            label="Week"
            any="All weeks"
            value={week}
            options={[
              // What is none stands as it is; the backend says so
              { id: week, label: isDay(week) ? describeWeek(week) : week },
            ]}
            onChange={id => change({ week: id })}
          />
        )}
        {week === undefined && <WeeksChoice label="Runs within" />}
      </FilterFields>
      {isEmpty ? (
        <EmptyState title="You may open no run that is like that">
          Runs are open to whoever started them and to those who look after
          golden paths. Choose another time, or show all.
        </EmptyState>
      ) : (
        (list.items || !list.error) && (
          <RunsTable
            label="Runs, the latest first"
            runs={list.items}
            isStale={list.isLoading && list.items !== undefined}
          />
        )
      )}
      <MoreButton list={list} problem="The runs cannot be shown" />
      {list.items && list.items.length > 0 && (
        <Text as="p" variant="body-small" color="secondary">
          Runs that you may open. Those of others are counted in the numbers,
          but stand here only for those who look after golden paths.
        </Text>
      )}
    </Flex>
  );
}
