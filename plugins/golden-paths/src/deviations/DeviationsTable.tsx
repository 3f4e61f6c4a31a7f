import { Button, Flex, Text } from '@backstage/ui';
import {
  nameOfDeviation,
  subjectOfDeviation,
  type Deviation,
} from '@waymark/plugin-golden-paths-common';
import {
  describeDay,
  EntityLink,
  Moment,
  NamedEntityLink,
  RowsTable,
  type RowsColumn,
} from '@waymark/ui';
import { useMemo } from 'react';
import { Mark } from '../shared/Mark';
import {
  DECISION_WORDS,
  DECISIONS_IN,
  DEVIATION_STATES,
  type DeviationDecision,
} from './deviationStates';

const KINDS = {
  changed: 'Changed',
  missing: 'Missing',
  'left-out': 'Part, left out from the start',
  declared: 'Declared',
};

const idOf = ({ id }: Deviation) => id;

/** Deviations, one row each. */
export function DeviationsTable(props: {
  deviations?: Deviation[];
  isStale?: boolean;
  /** On the page of the service, which is known there. */
  isOfOne?: boolean;
  /** Absent: the reader decides nothing. */
  onDecide?: (deviation: Deviation, decision: DeviationDecision) => void;
}) {
  const { deviations, isStale, isOfOne, onDecide } = props;
  const columns = useMemo((): RowsColumn<Deviation>[] => {
    const all: (RowsColumn<Deviation> | false)[] = [
      !isOfOne && {
        id: 'service',
        label: 'Service',
        width: 20,
        isRowHeader: true,
        cell: ({ entityRef, entityTitle, ownerRef }) => (
          <>
            <Text as="div" weight="bold">
              <EntityLink entityRef={entityRef} title={entityTitle} />
            </Text>
            {ownerRef && (
              <Text as="div" variant="body-small">
                <NamedEntityLink entityRef={ownerRef} />
              </Text>
            )}
          </>
        ),
      },
      {
        id: 'path',
        label: 'What differs',
        width: isOfOne ? 40 : 26,
        isRowHeader: isOfOne,
        cell: deviation => (
          <>
            <Text as="div">{subjectOfDeviation(deviation)}</Text>
            <Text as="div" variant="body-small" color="secondary">
              {KINDS[deviation.kind]}
            </Text>
            {deviation.reason && (
              // Owners write in whatever direction their language has
              <Text as="div" variant="body-small" dir="auto">
                {deviation.reason}
              </Text>
            )}
          </>
        ),
      },
      {
        id: 'state',
        label: 'State',
        width: 22,
        cell: ({ state, expiresAt, decidedBy, comment }) => {
          const { Icon, tone, label } = DEVIATION_STATES[state];
          return (
            <>
              <Mark Icon={Icon} tone={tone}>
                {label}
              </Mark>
              {expiresAt && (
                <Text as="div" variant="body-small" color="secondary">
                  {state === 'expired'
                    ? `on ${describeDay(new Date(expiresAt))}`
                    : // The last day of it: it ends as the next one begins
                      `until ${describeDay(
                        new Date(Date.parse(expiresAt) - 1),
                      )}`}
                </Text>
              )}
              {decidedBy && (
                <Text as="div" variant="body-small" color="secondary">
                  by <NamedEntityLink entityRef={decidedBy} />
                </Text>
              )}
              {comment && (
                <Text as="div" variant="body-small" dir="auto">
                  {comment}
                </Text>
              )}
            </>
          );
        },
      },
      {
        id: 'since',
        label: 'Since',
        width: 14,
        cell: ({ since }) => <Moment at={since} />,
      },
      onDecide !== undefined && {
        id: 'decide',
        label: 'Decide',
        cell: deviation => (
          <Flex gap="2" style={{ flexWrap: 'wrap' }}>
            {DECISIONS_IN[deviation.state].map(decision => (
              <Button
                key={decision}
                size="small"
                variant="secondary"
                aria-label={`${
                  DECISION_WORDS[decision].label
                }: ${nameOfDeviation(deviation)}`}
                onPress={() => onDecide(deviation, decision)}
              >
                {DECISION_WORDS[decision].label}
              </Button>
            ))}
          </Flex>
        ),
      },
    ];
    return all.filter(column => column !== false);
  }, [isOfOne, onDecide]);
  return (
    <RowsTable
      label="Deviations from golden paths"
      columns={columns}
      rows={deviations}
      idOf={idOf}
      isStale={isStale}
      minWidth={isOfOne ? 640 : 860}
      stacks
    />
  );
}
