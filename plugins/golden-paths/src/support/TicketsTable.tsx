import { Button, Link, Text } from '@backstage/ui';
import { RiCheckLine, RiTimeLine } from '@remixicon/react';
import type { Ticket } from '@waymark/plugin-golden-paths-common';
import {
  Moment,
  NamedEntityLink,
  RowsTable,
  safeUrl,
  type RowsColumn,
} from '@waymark/ui';
import { useMemo } from 'react';
import { Mark } from '../shared/Mark';
import { describeCategory } from './categories';
import { describeAbout } from './describeAbout';

const idOf = ({ id }: Ticket) => id;

/** Questions, one row each. */
export function TicketsTable(props: {
  tickets?: Ticket[];
  isStale?: boolean;
  /** Where it is shown as it was asked. */
  addressOf: (ticket: Ticket) => string;
  /** Absent: they are not closed here, or not by the reader. */
  onClose?: (ticket: Ticket) => void;
}) {
  const { tickets, isStale, addressOf, onClose } = props;
  const columns = useMemo(
    (): RowsColumn<Ticket>[] => [
      {
        id: 'question',
        label: 'Question',
        width: 40,
        isRowHeader: true,
        cell: ticket => (
          <>
            <Link href={addressOf(ticket)} weight="bold">
              {ticket.title}
            </Link>
            <Text as="div" variant="body-small" color="secondary">
              {[describeCategory(ticket.category), describeAbout(ticket)]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </>
        ),
      },
      {
        id: 'asked',
        label: 'Asked',
        width: 25,
        cell: ({ createdAt, createdBy, ownerRef }) => (
          <>
            <Moment at={createdAt} />
            {[createdBy, ownerRef].map(
              ref =>
                ref && (
                  <Text key={ref} as="div" variant="body-small">
                    <NamedEntityLink entityRef={ref} />
                  </Text>
                ),
            )}
          </>
        ),
      },
      {
        id: 'state',
        label: 'State',
        cell: ticket => {
          const { closedAt, trackerError, url } = ticket;
          const address = url && safeUrl(url);
          return (
            <>
              {closedAt ? (
                <>
                  <Mark Icon={RiCheckLine} tone="good">
                    Closed
                  </Mark>
                  <Text as="div" variant="body-small" color="secondary">
                    <Moment at={closedAt} />
                  </Text>
                </>
              ) : (
                <Mark Icon={RiTimeLine} tone="neutral">
                  Open
                </Mark>
              )}
              {address && (
                <Text as="div" variant="body-small">
                  <Link href={address}>In the issue tracker</Link>
                </Text>
              )}
              {trackerError && (
                <Text as="div" variant="body-small" color="secondary">
                  The issue tracker has not taken it yet; it is tried again.
                </Text>
              )}
              {onClose && !closedAt && !address && (
                <Button
                  size="small"
                  variant="secondary"
                  aria-label={`Close: ${ticket.title}`}
                  onPress={() => onClose(ticket)}
                >
                  Close
                </Button>
              )}
            </>
          );
        },
      },
    ],
    [addressOf, onClose],
  );
  return (
    <RowsTable
      label="Questions to the platform team"
      columns={columns}
      rows={tickets}
      idOf={idOf}
      isStale={isStale}
    />
  );
}
