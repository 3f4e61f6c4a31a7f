import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import {
  RiCheckLine,
  RiEyeLine,
  RiMegaphoneLine,
  RiSubtractLine,
} from '@remixicon/react';
import type {
  MetricDefinition,
  MetricRow,
} from '@waymark/plugin-golden-paths-common';
import { EntityLink, Moment, safeUrl, type RowsColumn } from '@waymark/ui';
import { useMemo } from 'react';
import { describeWeek } from '../../metrics/describeWeek';
import { formatMetric } from '../../metrics/formatMetric';
import { rootRouteRef } from '../../routes';
import { Mark } from '../../shared/Mark';

/** What happened, and where it can be looked at. */
function What(props: { row: MetricRow; eventAddress?: string }) {
  const { row, eventAddress } = props;
  const url = row.url && safeUrl(row.url);
  return (
    <>
      <Text as="div">
        {url ? (
          <Link href={url} target="_blank" rel="noopener noreferrer">
            {row.label}
          </Link>
        ) : (
          row.label
        )}
      </Text>
      {(eventAddress || row.sample) && (
        <Text as="div" variant="body-small" color="secondary">
          {eventAddress && <Link href={eventAddress}>Its event</Link>}
          {eventAddress && row.sample && ', '}
          {row.sample && 'sample'}
        </Text>
      )}
    </>
  );
}

function Counted(props: { counted?: boolean }) {
  return props.counted ? (
    <Mark Icon={RiCheckLine} tone="neutral">
      Counts
    </Mark>
  ) : (
    <Mark Icon={RiSubtractLine} tone="neutral">
      Does not count
    </Mark>
  );
}

function Seen(props: { observed?: boolean }) {
  const { observed } = props;
  if (observed === undefined) {
    return null;
  }
  return observed ? (
    <Mark Icon={RiEyeLine} tone="neutral">
      Observed
    </Mark>
  ) : (
    <Mark Icon={RiMegaphoneLine} tone="warning">
      Only claimed
    </Mark>
  );
}

/**
 * What is told of each row behind the number of a metric.
 *
 * @param rows - whether something was seen is told where one of them says so
 */
export function useColumns(
  definition: MetricDefinition,
  rows: MetricRow[] | undefined,
): RowsColumn<{ id: string; row: MetricRow }>[] {
  const { unit } = definition;
  const hasObserved = rows?.some(({ observed }) => observed !== undefined);
  const root = useRouteRef(rootRouteRef)?.();
  return useMemo(
    () => [
      {
        id: 'service',
        label: 'Service',
        isRowHeader: true,
        width: 24,
        cell: ({ row }) =>
          row.entityRef ? (
            <>
              <EntityLink
                entityRef={row.entityRef}
                title={row.entityTitle}
                below="/delivery"
              />
              {row.ownerRef && (
                <Text as="div" variant="body-small" color="secondary">
                  <EntityLink entityRef={row.ownerRef} />
                </Text>
              )}
            </>
          ) : (
            <Text color="secondary">Of no service</Text>
          ),
      },
      {
        id: 'what',
        label: 'What',
        width: 30,
        cell: ({ row }) => (
          <What
            row={row}
            eventAddress={
              root !== undefined && row.eventId
                ? `${root}/events?${new URLSearchParams({
                    eventId: row.eventId,
                    ...(row.eventSource && { source: row.eventSource }),
                  })}`
                : undefined
            }
          />
        ),
      },
      {
        id: 'at',
        label: 'When',
        cell: ({ row }) =>
          row.week ? describeWeek(row.week) : <Moment at={row.at} />,
      },
      ...(unit === 'duration'
        ? [
            {
              id: 'value',
              label: 'Took',
              cell: ({ row }: { row: MetricRow }) =>
                row.value === undefined
                  ? 'Not at its end yet'
                  : formatMetric(row.value, unit),
            },
          ]
        : []),
      ...(unit === 'share'
        ? [
            {
              id: 'counted',
              label: 'In the number',
              cell: ({ row }: { row: MetricRow }) => (
                <Counted counted={row.counted} />
              ),
            },
          ]
        : []),
      ...(hasObserved
        ? [
            {
              id: 'observed',
              label: 'Known from',
              cell: ({ row }: { row: MetricRow }) => (
                <Seen observed={row.observed} />
              ),
            },
          ]
        : []),
    ],
    [unit, root, hasObserved],
  );
}
