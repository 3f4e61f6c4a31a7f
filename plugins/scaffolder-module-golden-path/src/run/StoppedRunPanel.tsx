import { Alert, Button, Flex, Link, Text } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  taskCancelPermission,
  taskCreatePermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { describeError } from '@waymark/ui';
import { useId, useState } from 'react';
import { goldenPathApiRef, type GoldenPathRun } from '../api';
import { ChangeAnswersLink } from './ChangeAnswersLink';
import { describeStop } from './describeStop';
import type { Run } from './readRun';
import { UndoButton } from './UndoButton';

/**
 * What became of a run that failed or was cancelled, and the ways on.
 *
 * @internal
 */
export function StoppedRunPanel(props: {
  run: Run;
  /** What it made; undefined where the backend's module knows nothing of the run. */
  goldenPathRun?: GoldenPathRun;
  /** Called once a retry is under way. */
  onRetried: () => void;
  onUndone: (goldenPathRun: GoldenPathRun) => void;
}) {
  const { run, goldenPathRun, onRetried, onUndone } = props;
  const taskId = run.task.id;
  const scaffolderApi = useApi(scaffolderApiRef);
  const goldenPathApi = useApi(goldenPathApiRef);
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

  const { title, reason, advice } = describeStop({
    run,
    goldenPathRun,
    mayRetry,
  });
  const { created = [], proposed = [], undo } = goldenPathRun ?? {};
  const standing = created.filter(({ state }) => state !== 'undone');
  const undone = created.filter(({ state }) => state === 'undone');
  const isAllUndone = standing.length === 0 && undone.length > 0;
  // That everything is undone is said below, and who may not needs no reason
  const undoReason =
    !undo || undo.possible || isAllUndone || !mayUndo
      ? undefined
      : undo.reason ?? 'There is nothing to undo.';

  let retryLabel = 'Retry from the failed step';
  if (isAllUndone) {
    retryLabel = 'Run it again';
  } else if (run.state === 'cancelled') {
    retryLabel = 'Go on from this step';
  }

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
      onRetried();
    });
  const undoAll = () =>
    attempt('undo', async () => {
      onUndone(await goldenPathApi.undoRun(taskId));
    });

  return (
    <section aria-labelledby={titleId}>
      <Alert
        status={run.state === 'cancelled' ? 'warning' : 'danger'}
        icon
        title={<span id={titleId}>{title}</span>}
        description={
          <Flex direction="column" gap="3" align="start">
            <Text style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
              {reason}
            </Text>
            {advice && !isAllUndone && <Text>{advice}</Text>}
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
            {proposed.length > 0 && (
              <Text style={{ overflowWrap: 'anywhere' }}>
                Proposed, and to be merged or closed where it is:{' '}
                {proposed.map(({ url }) => (
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
                  {retryLabel}
                </Button>
              )}
              {mayRetry && <ChangeAnswersLink task={run.task} />}
              {mayUndo && undo && (
                <UndoButton
                  created={standing}
                  onUndo={undoAll}
                  isDisabled={!undo.possible || busyWith === 'retry'}
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
                    Undone: {kind} {url} is{' '}
                    {kind === 'pull request' ? 'closed' : 'deleted'}.
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
    </section>
  );
}
