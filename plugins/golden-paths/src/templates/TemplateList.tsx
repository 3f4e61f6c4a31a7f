import { useApi } from '@backstage/frontend-plugin-api';
import { Flex, Link, Text } from '@backstage/ui';
import type { TemplateHealth } from '@waymark/plugin-golden-paths-common';
import {
  EmptyState,
  FilterFields,
  formatNumber,
  ProblemNotice,
  RowsTable,
  useLoaded,
  type RowsColumn,
} from '@waymark/ui';
import { useCallback, useMemo } from 'react';
import { goldenPathsApiRef } from '../api';
import { DocsLink } from '../shared/DocsLink';
import { useWeeks, WeeksChoice } from '../shared/WeeksChoice';
import { Duration, SuccessRate } from './runFigures';
import { nameOfTemplate } from './nameOfTemplate';
import {
  runsAddress,
  servicesAddress,
  templateAddress,
} from './templateAddress';

const idOf = ({ templateRef }: TemplateHealth) => templateRef;

const columnsFor = (weeks: number): RowsColumn<TemplateHealth>[] => [
  {
    id: 'name',
    label: 'Golden path',
    width: 28,
    isRowHeader: true,
    cell: item => (
      <Link href={templateAddress(item.templateRef, weeks)}>
        {nameOfTemplate(item)}
      </Link>
    ),
  },
  {
    id: 'runs',
    label: 'Runs',
    cell: ({ templateRef, runs, running }) => (
      <>
        <Text as="div">
          {runs === 0 ? (
            0
          ) : (
            <Link href={runsAddress(templateRef, { weeks })}>
              {formatNumber(runs)}
            </Link>
          )}
        </Text>
        {running > 0 && (
          <Text as="div" variant="body-small" color="secondary">
            <Link
              variant="body-small"
              href={runsAddress(templateRef, { state: 'running', weeks })}
            >
              {formatNumber(running)} running
            </Link>
          </Text>
        )}
      </>
    ),
  },
  {
    id: 'success',
    label: 'Succeeded',
    cell: item => (
      <SuccessRate
        {...item}
        address={runsAddress(item.templateRef, { state: 'succeeded', weeks })}
      />
    ),
  },
  {
    id: 'duration',
    label: 'Duration',
    width: 16,
    cell: ({ duration }) => <Duration {...duration} />,
  },
  {
    id: 'step',
    label: 'Fails most at',
    width: 18,
    cell: ({ templateRef, failingStep }) =>
      failingStep ? (
        <>
          <Text as="div">{failingStep.name}</Text>
          <Text as="div" variant="body-small" color="secondary">
            <Link
              variant="body-small"
              href={runsAddress(templateRef, { step: failingStep.id, weeks })}
            >
              {failingStep.count === 1
                ? 'once'
                : `${formatNumber(failingStep.count)} times`}
            </Link>
          </Text>
        </>
      ) : (
        <Text color="secondary">Nowhere</Text>
      ),
  },
  {
    id: 'services',
    label: 'Services',
    width: 14,
    cell: ({ templateRef, services, behind }) => (
      <>
        <Text as="div">
          {services === 0 ? (
            0
          ) : (
            <Link href={servicesAddress(templateRef, { weeks })}>
              {formatNumber(services)}
            </Link>
          )}
        </Text>
        {behind > 0 && (
          <Text as="div" variant="body-small" color="secondary">
            <Link
              variant="body-small"
              href={servicesAddress(templateRef, { behind: true, weeks })}
            >
              {formatNumber(behind)} on an older version
            </Link>
          </Text>
        )}
      </>
    ),
  },
];

/** All golden paths, with how their runs went and who follows them. */
export function TemplateList() {
  const client = useApi(goldenPathsApiRef);
  const [weeks] = useWeeks();
  const { value, error, isLoading, retry } = useLoaded(
    useCallback(
      signal => client.getTemplates({ weeks }, { signal }),
      [client, weeks],
    ),
    { keep: true },
  );
  const columns = useMemo(() => columnsFor(weeks), [weeks]);
  return (
    <Flex direction="column" gap="4">
      <FilterFields>
        <WeeksChoice label="Runs within" />
      </FilterFields>
      {error !== undefined && (
        <ProblemNotice
          title="Golden paths cannot be shown"
          error={error}
          onRetry={retry}
        />
      )}
      {error === undefined && value?.items.length === 0 && (
        <EmptyState
          headingLevel="h2"
          title="No golden path yet"
          action={<DocsLink>What is measured, and how</DocsLink>}
        >
          When the catalog has a template that creates services, its runs and
          the services that follow it are counted here.
        </EmptyState>
      )}
      {error === undefined && value?.items.length !== 0 && (
        <RowsTable
          label="Golden paths and how their runs went"
          columns={columns}
          rows={value?.items}
          idOf={idOf}
          isStale={isLoading && value !== undefined}
          minWidth={860}
        />
      )}
    </Flex>
  );
}
