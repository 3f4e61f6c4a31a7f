import { Button, Flex, Link, Text } from '@backstage/ui';
import {
  RiCheckboxCircleLine,
  RiCloseCircleLine,
  RiEyeLine,
  RiSpeakLine,
} from '@remixicon/react';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { DeploymentRow } from '@waymark/plugin-golden-paths-common';
import {
  describeDuration,
  formatNumber,
  Moment,
  RowsTable,
  safeUrl,
  type RowsColumn,
} from '@waymark/ui';
import { useMemo, useState } from 'react';
import { rootRouteRef } from '../routes';
import { Mark } from '../shared/Mark';
import { describeVersion, nameOfKind } from './describeDeployment';

/** The others on request: what is below matters as much. */
const AT_FIRST = 10;

const idOf = ({ eventSource, eventId }: DeploymentRow) =>
  `${eventSource} ${eventId}`;

/** How a deployment went, as far as is known. */
function Outcome(props: { deployment: DeploymentRow }) {
  const { failed, observed, rework } = props.deployment;
  if (!observed) {
    return (
      <Mark Icon={RiSpeakLine} tone="neutral">
        Only claimed
      </Mark>
    );
  }
  return (
    <>
      {failed ? (
        <Mark Icon={RiCloseCircleLine} tone="bad">
          Failed
        </Mark>
      ) : (
        <Mark Icon={RiCheckboxCircleLine} tone="good">
          Held
        </Mark>
      )}
      {failed && (
        <Text as="div" variant="body-small" color="secondary">
          {failed.reason}
          {failed.recoveredAt &&
            `, recovered after ${describeDuration(
              (new Date(failed.recoveredAt).getTime() -
                new Date(failed.at).getTime()) /
                1000,
            )}`}
        </Text>
      )}
      {rework && (
        <Text as="div" variant="body-small" color="secondary">
          Unplanned, to mend a deployment that failed
        </Text>
      )}
    </>
  );
}

/** The last deployments of a service. */
export function DeploymentsTable(props: {
  deployments: DeploymentRow[];
  entityRef: string;
}) {
  const { deployments, entityRef } = props;
  const root = useRouteRef(rootRouteRef)?.();
  const [shown, setShown] = useState(AT_FIRST);
  const rows = useMemo(() => deployments.slice(0, shown), [deployments, shown]);
  const columns = useMemo(
    (): RowsColumn<DeploymentRow>[] => [
      {
        id: 'version',
        label: 'Version',
        width: 24,
        isRowHeader: true,
        cell: deployment => (
          <>
            <Text as="div" weight="bold">
              {describeVersion(deployment) ?? 'Unknown'}
            </Text>
            {deployment.url && safeUrl(deployment.url) && (
              <Link href={safeUrl(deployment.url)!} variant="body-small">
                Open
              </Link>
            )}
          </>
        ),
      },
      {
        id: 'environment',
        label: 'Where',
        width: 18,
        cell: ({ environment, kind }) => (
          <>
            <Text as="div">{environment}</Text>
            <Text as="div" variant="body-small" color="secondary">
              {nameOfKind(kind)}
            </Text>
          </>
        ),
      },
      {
        id: 'at',
        label: 'When',
        width: 16,
        cell: ({ at }) => <Moment at={at} />,
      },
      {
        id: 'lead',
        label: 'From merge',
        width: 14,
        cell: ({ leadTime }) =>
          leadTime === undefined ? (
            <Text color="secondary">Unknown</Text>
          ) : (
            describeDuration(leadTime / 1000)
          ),
      },
      {
        id: 'outcome',
        label: 'How it went',
        width: 18,
        cell: deployment => <Outcome deployment={deployment} />,
      },
      {
        id: 'event',
        label: 'Event',
        cell: deployment => {
          const { eventId, eventSource, observed } = deployment;
          const query = new URLSearchParams({
            entityRef,
            eventId,
            source: eventSource,
          });
          return root ? (
            <Link
              href={`${root}/events?${query}`}
              aria-label={`Event of ${nameOfKind(
                deployment.kind,
              )} ${describeVersion(deployment)}`}
            >
              {observed ? (
                <Mark Icon={RiEyeLine} tone="neutral">
                  Observed
                </Mark>
              ) : (
                'Claimed'
              )}
            </Link>
          ) : null;
        },
      },
    ],
    [root, entityRef],
  );
  return (
    <Flex direction="column" gap="3" align="start">
      <RowsTable
        label="Deployments, the latest first"
        columns={columns}
        rows={rows}
        idOf={idOf}
        minWidth={860}
      />
      {rows.length < deployments.length && (
        <Button
          size="small"
          variant="secondary"
          onPress={() => setShown(deployments.length)}
        >
          {`Show ${formatNumber(deployments.length - rows.length)} more`}
        </Button>
      )}
    </Flex>
  );
}
