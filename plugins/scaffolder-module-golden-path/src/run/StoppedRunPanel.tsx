import { Alert, Box, Button, Flex, Link, Text } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  taskCancelPermission,
  taskCreatePermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { describeError } from '@waymark/ui';
import { useId, useState } from 'react';
import { goldenPathApiRef } from '../api';
import { ChangeAnswersLink } from './ChangeAnswersLink';
import { describeStop, isCancelled } from './describeStop';
import { UndoButton } from './UndoButton';
import { useGoldenPathRun } from './useGoldenPathRun';

/**
 * Beside a golden-path run that failed or was cancelled: what happened, and the
 * ways on. Nothing at all beside every other run.
 *
 * @internal
 */
export function StoppedRunPanel(props: {
  taskId: string;
  /** Called once a retry is under way, to start following the run anew. */
  onRetried: () => void;
}) {
  const { taskId, onRetried } = props;
  const scaffolderApi = useApi(scaffolderApiRef);
  const goldenPathApi = useApi(goldenPathApiRef);
  const { stopped, replaceRun } = useGoldenPathRun(taskId);
  // What the backend asks for as well; an auditor is not offered what fails
  const { allowed: mayRetry } = usePermission({
    permission: taskCreatePermission,
  });
  const { allowed: mayUndo } = usePermission({
    permission: taskCancelPermission,
    resourceRef: taskId,
  });
  const [busyWith, setBusyWith] = useState<'retry' | 'undo'>();
  const [problem, setProblem] = useState<string>();
  const titleId = useId();
  const undoReasonId = useId();

  if (!stopped) {
    return null;
  }

  const { run } = stopped;
  const { title, reason } = describeStop(stopped);
  const standing = run.created.filter(({ state }) => state !== 'undone');
  const undone = run.created.filter(({ state }) => state === 'undone');
  const isAllUndone = standing.length === 0 && undone.length > 0;
  // That everything is undone is said below, and who may not needs no reason
  const undoReason =
    run.undo.possible || isAllUndone || !mayUndo
      ? undefined
      : run.undo.reason ?? 'There is nothing to undo.';

  const attempt = async (
    what: 'retry' | 'undo',
    action: () => Promise<void>,
  ) => {
    setBusyWith(what);
    setProblem(undefined);
    try {
      await action();
    } catch (error) {
      setProblem(`The ${what} did not work: ${describeError(error)}`);
    } finally {
      setBusyWith(undefined);
    }
  };
  const retry = () =>
    attempt('retry', async () => {
      await scaffolderApi.retry?.(taskId);
      replaceRun(undefined);
      onRetried();
    });
  const undo = () =>
    attempt('undo', async () => {
      replaceRun(await goldenPathApi.undoRun(taskId));
    });

  return (
    <Box as="section" p="4" aria-labelledby={titleId}>
      <Alert
        status={isCancelled(stopped) ? 'warning' : 'danger'}
        icon
        title={<span id={titleId}>{title}</span>}
        description={
          <Flex direction="column" gap="3" align="start">
            <Text style={{ overflowWrap: 'anywhere' }}>{reason}</Text>
            {standing.length > 0 && (
              <Text style={{ overflowWrap: 'anywhere' }}>
                Created so far:{' '}
                {standing.map(({ kind, url }) => (
                  <span key={url}>
                    {kind} <Link href={url}>{url}</Link>{' '}
                  </span>
                ))}
              </Text>
            )}
            {run.proposed.length > 0 && (
              <Text style={{ overflowWrap: 'anywhere' }}>
                Proposed, and to be merged or closed where it is:{' '}
                {run.proposed.map(({ url }) => (
                  <span key={url}>
                    <Link href={url}>{url}</Link>{' '}
                  </span>
                ))}
              </Text>
            )}
            <Flex gap="2" style={{ flexWrap: 'wrap' }}>
              {mayRetry && (
                <Button
                  variant="primary"
                  onPress={retry}
                  isPending={busyWith === 'retry'}
                  isDisabled={busyWith === 'undo'}
                >
                  Retry from the failed step
                </Button>
              )}
              {mayRetry && <ChangeAnswersLink task={stopped.task} />}
              {mayUndo && (
                <UndoButton
                  created={standing}
                  onUndo={undo}
                  isDisabled={!run.undo.possible || busyWith === 'retry'}
                  isPending={busyWith === 'undo'}
                  aria-describedby={undoReasonId}
                />
              )}
            </Flex>
            {/* One child of the column: empty ones would each add a gap */}
            <div style={{ overflowWrap: 'anywhere' }}>
              <Text id={undoReasonId} variant="body-small">
                {undoReason && `Undo is not possible: ${undoReason}`}
              </Text>
              <div role="status">
                {undone.map(({ kind, url }) => (
                  <Text key={url} as="p">
                    Undone: {kind} {url} is deleted.
                  </Text>
                ))}
              </div>
              <div role="alert">
                {problem && <Text color="danger">{problem}</Text>}
              </div>
            </div>
          </Flex>
        }
      />
    </Box>
  );
}
