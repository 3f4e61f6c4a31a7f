import { Text } from '@backstage/ui';
import {
  RiCheckboxCircleLine,
  RiCloseCircleLine,
  RiForbidLine,
  RiLoader2Line,
} from '@remixicon/react';
import type { TemplateHealthDetails } from '@waymark/plugin-golden-paths-common';
import {
  describeDuration,
  Moment,
  NamedEntityLink,
  RowsTable,
  Section,
  type RowsColumn,
} from '@waymark/ui';
import { Mark } from '../shared/Mark';
import { TaskLink } from '../shared/TaskLink';

type Run = TemplateHealthDetails['recent'][number];

const STATES = {
  completed: { Icon: RiCheckboxCircleLine, tone: 'good', label: 'Succeeded' },
  failed: { Icon: RiCloseCircleLine, tone: 'bad', label: 'Failed' },
  cancelled: { Icon: RiForbidLine, tone: 'neutral', label: 'Cancelled' },
  running: { Icon: RiLoader2Line, tone: 'neutral', label: 'Running' },
} as const;

const stateOf = (status: string) =>
  Object.hasOwn(STATES, status)
    ? STATES[status as keyof typeof STATES]
    : STATES.running;

const COLUMNS: RowsColumn<Run>[] = [
  {
    id: 'state',
    label: 'Run',
    width: 26,
    isRowHeader: true,
    cell: ({ status, failedStep, taskId }) => {
      const { Icon, tone, label } = stateOf(status);
      return (
        <>
          <Mark Icon={Icon} tone={tone}>
            {label}
          </Mark>{' '}
          <TaskLink taskId={taskId}>Open</TaskLink>
          {failedStep && (
            <Text as="div" variant="body-small" color="secondary">
              At the step {failedStep}
            </Text>
          )}
        </>
      );
    },
  },
  {
    id: 'by',
    label: 'Started by',
    cell: ({ createdBy }) =>
      createdBy ? (
        <NamedEntityLink entityRef={createdBy} />
      ) : (
        <Text color="secondary">Nobody in particular</Text>
      ),
  },
  {
    id: 'at',
    label: 'When',
    cell: ({ startedAt }) => <Moment at={startedAt} />,
  },
  {
    id: 'duration',
    label: 'Duration',
    cell: ({ startedAt, endedAt }) =>
      endedAt
        ? describeDuration(
            (new Date(endedAt).getTime() - new Date(startedAt).getTime()) /
              1000,
          )
        : '–',
  },
];

const idOf = ({ taskId }: Run) => taskId;

/** The last runs of a golden path. */
export function RecentRuns(props: { runs: Run[] }) {
  return (
    <Section title="Last runs">
      {props.runs.length === 0 ? (
        <Text as="p">Nobody has used it within this time.</Text>
      ) : (
        <RowsTable
          label="Last runs"
          columns={COLUMNS}
          rows={props.runs}
          idOf={idOf}
        />
      )}
    </Section>
  );
}
