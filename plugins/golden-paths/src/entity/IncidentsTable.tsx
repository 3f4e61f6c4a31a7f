import { Link, Text } from '@backstage/ui';
import type {
  DeploymentRow,
  EntityDelivery,
} from '@waymark/plugin-golden-paths-common';
import {
  describeDuration,
  Moment,
  RowsTable,
  safeUrl,
  type RowsColumn,
} from '@waymark/ui';
import { useMemo } from 'react';
import { describeVersion } from './describeDeployment';

type Incident = EntityDelivery['incidents'][number];

const idOf = ({ id }: Incident) => id;

const LINKS = {
  named: 'The incident names it',
  window: 'The last one before it',
};

/** The last incidents of a service, and the deployments they are laid to. */
export function IncidentsTable(props: {
  incidents: Incident[];
  deployments: DeploymentRow[];
}) {
  const { incidents, deployments } = props;
  const columns = useMemo(
    (): RowsColumn<Incident>[] => [
      {
        id: 'title',
        label: 'Incident',
        width: 34,
        isRowHeader: true,
        cell: ({ id, title, url, environment }) => {
          const href = url && safeUrl(url);
          return (
            <>
              <Text as="div" weight="bold">
                {href ? <Link href={href}>{title ?? id}</Link> : title ?? id}
              </Text>
              {environment && (
                <Text as="div" variant="body-small" color="secondary">
                  {environment}
                </Text>
              )}
            </>
          );
        },
      },
      {
        id: 'detected',
        label: 'Detected',
        cell: ({ detectedAt }) => <Moment at={detectedAt} />,
      },
      {
        id: 'resolved',
        label: 'Resolved after',
        cell: ({ detectedAt, resolvedAt }) =>
          resolvedAt ? (
            describeDuration(
              (new Date(resolvedAt).getTime() -
                new Date(detectedAt).getTime()) /
                1000,
            )
          ) : (
            <Text weight="bold">Not yet</Text>
          ),
      },
      {
        id: 'deployment',
        label: 'Laid to',
        width: 30,
        cell: ({ deployment }) => {
          if (!deployment) {
            return <Text color="secondary">No deployment</Text>;
          }
          const known = deployments.find(
            ({ eventId, eventSource }) =>
              eventId === deployment.eventId &&
              eventSource === deployment.eventSource,
          );
          return (
            <>
              <Text as="div">
                {known ? describeVersion(known) : 'An earlier deployment'}
              </Text>
              <Text as="div" variant="body-small" color="secondary">
                {LINKS[deployment.link]}
              </Text>
            </>
          );
        },
      },
    ],
    [deployments],
  );
  return (
    <RowsTable
      label="Incidents, the latest first"
      columns={columns}
      rows={incidents}
      idOf={idOf}
      minWidth={760}
    />
  );
}
