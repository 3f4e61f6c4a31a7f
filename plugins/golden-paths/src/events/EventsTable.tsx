import { Button, Text } from '@backstage/ui';
import { RiEyeLine, RiFlaskLine, RiSpeakLine } from '@remixicon/react';
import type { DeliveryEvent } from '@waymark/plugin-golden-paths-common';
import {
  Moment,
  NamedEntityLink,
  RowsTable,
  type RowsColumn,
} from '@waymark/ui';
import { useMemo } from 'react';
import { Mark } from '../shared/Mark';
import { describeDetails, describeType } from './describeEvent';

const idOf = (event: DeliveryEvent) => `${event.source} ${event.id}`;

/** Events, one row each. */
export function EventsTable(props: {
  events?: DeliveryEvent[];
  isStale: boolean;
  onOpen: (event: DeliveryEvent) => void;
}) {
  const { events, isStale, onOpen } = props;
  const columns = useMemo(
    (): RowsColumn<DeliveryEvent>[] => [
      {
        id: 'type',
        label: 'What happened',
        width: 30,
        isRowHeader: true,
        cell: event => (
          <>
            <Text as="div" weight="bold">
              {describeType(event.type)}
            </Text>
            <Text as="div" variant="body-small" color="secondary">
              {describeDetails(event)}
            </Text>
          </>
        ),
      },
      {
        id: 'entity',
        label: 'To',
        width: 22,
        cell: ({ entityRef, subjectId }) =>
          entityRef ? (
            <NamedEntityLink entityRef={entityRef} />
          ) : (
            <>
              <Text as="div">{subjectId}</Text>
              <Text as="div" variant="body-small" color="secondary">
                Not in the catalog
              </Text>
            </>
          ),
      },
      {
        id: 'at',
        label: 'When',
        width: 14,
        cell: ({ occurredAt }) => <Moment at={occurredAt} />,
      },
      {
        id: 'from',
        label: 'Reported by',
        width: 24,
        cell: ({ source, sample, observed }) => (
          <>
            <Text as="div" variant="body-small">
              {source}
            </Text>
            <Mark Icon={observed ? RiEyeLine : RiSpeakLine} tone="neutral">
              {observed ? 'Observed' : 'Claimed'}
            </Mark>{' '}
            {sample && (
              <Mark Icon={RiFlaskLine} tone="neutral">
                Sample
              </Mark>
            )}
          </>
        ),
      },
      {
        id: 'details',
        label: 'Details',
        cell: event => (
          <Button
            size="small"
            variant="secondary"
            aria-label={`Show details: ${describeType(event.type)}, ${
              event.subjectId
            }`}
            onPress={() => onOpen(event)}
          >
            Show
          </Button>
        ),
      },
    ],
    [onOpen],
  );
  return (
    <RowsTable
      label="Events, the latest first"
      columns={columns}
      rows={events}
      idOf={idOf}
      isStale={isStale}
      minWidth={880}
    />
  );
}
