import { BreadcrumbEntry, useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { taskCancelPermission } from '@backstage/plugin-scaffolder-common/alpha';
import {
  scaffolderApiRef,
  type ScaffolderTaskOutput,
} from '@backstage/plugin-scaffolder-react';
import { Alert, Container, Flex } from '@backstage/ui';
import {
  AskPlatformTeam,
  describeError,
  LoadingLines,
  ProblemNotice,
  type AskAbout,
} from '@waymark/ui';
import { useState, type ComponentType } from 'react';
import { CancelButton } from './CancelButton';
import type { Run } from './readRun';
import { RunAnnouncer } from './RunAnnouncer';
import { describeSubject, RunHeader } from './RunHeader';
import { RunLeftOut } from './RunLeftOut';
import { RunOutcome } from './RunOutcome';
import { StepList } from './StepList';
import { StoppedRunPanel } from './StoppedRunPanel';
import { useGoldenPathRun } from './useGoldenPathRun';
import { useRun } from './useRun';

/**
 * What another plugin shows in place of a run's links, for some templates.
 *
 * @internal
 */
export interface CustomOutcome {
  component: ComponentType<{ output?: ScaffolderTaskOutput }>;
  templateRefs: string[];
}

function Cancelling(props: { run: Run; onProblem: (text?: string) => void }) {
  const { run, onProblem } = props;
  const scaffolderApi = useApi(scaffolderApiRef);
  const [isAsked, setAsked] = useState(false);
  const { allowed: mayCancel } = usePermission({
    permission: taskCancelPermission,
    resourceRef: run.task.id,
  });
  const isUnderWay = ['queued', 'running', 'cancelling'].includes(run.state);
  if (!mayCancel || !isUnderWay) {
    return null;
  }

  const cancel = async () => {
    setAsked(true);
    onProblem(undefined);
    try {
      await scaffolderApi.cancelTask(run.task.id);
    } catch (error) {
      setAsked(false);
      onProblem(describeError(error));
    }
  };
  return (
    <CancelButton
      isPending={isAsked || run.state === 'cancelling'}
      onCancel={cancel}
    />
  );
}

/** Nothing of the log goes along: that may hold what is nobody else's business. */
function describeQuestion(run: Run): AskAbout {
  const failed = run.steps.find(({ state }) => state === 'failed');
  return {
    title: failed && `${describeSubject(run)}: ${failed.name} failed`,
    templateRef: run.task.spec.templateInfo?.entityRef,
    taskId: run.task.id,
    step: failed?.name,
  };
}

/**
 * One run: what it makes, its steps, and what came of it.
 *
 * @internal
 */
export function RunPage(props: {
  taskId: string;
  customOutcomes?: CustomOutcome[];
}) {
  const { taskId, customOutcomes = [] } = props;
  const { run, error, refresh } = useRun(taskId);
  const { goldenPathRun, isKnown, replace } = useGoldenPathRun(run);
  const [cancelProblem, setCancelProblem] = useState<string>();

  if (!run) {
    return (
      <Container py="6">
        {error ? (
          <ProblemNotice
            title="The run could not be read"
            error={error}
            onRetry={refresh}
          />
        ) : (
          <LoadingLines label="Loading the run" lines={6} />
        )}
      </Container>
    );
  }

  const templateRef = run.task.spec.templateInfo?.entityRef ?? '';
  const Custom = customOutcomes.find(({ templateRefs }) =>
    templateRefs.includes(templateRef),
  )?.component;
  const hasStopped = run.state === 'failed' || run.state === 'cancelled';

  return (
    <BreadcrumbEntry entry={{ label: describeSubject(run), href: taskId }}>
      <Container py="6">
        <Flex direction="column" gap="5">
          <RunHeader
            run={run}
            actions={
              <>
                <Cancelling
                  key={run.startedAt}
                  run={run}
                  onProblem={setCancelProblem}
                />
                <AskPlatformTeam about={describeQuestion(run)} />
              </>
            }
          />
          <RunAnnouncer run={run} />
          <div role="alert">
            {cancelProblem && (
              <Alert
                status="danger"
                icon
                title={`The run could not be cancelled: ${cancelProblem}`}
              />
            )}
          </div>
          {error !== undefined && (
            <ProblemNotice
              title="What you see may be out of date"
              error={error}
              onRetry={refresh}
            />
          )}
          {run.state === 'done' &&
            (Custom ? (
              <Custom output={run.output} />
            ) : (
              <RunOutcome run={run} goldenPathRun={goldenPathRun} />
            ))}
          {hasStopped && isKnown && (
            <StoppedRunPanel
              run={run}
              goldenPathRun={goldenPathRun}
              onRetried={refresh}
              onUndone={replace}
            />
          )}
          <StepList steps={run.steps} />
          <RunLeftOut run={run} />
        </Flex>
      </Container>
    </BreadcrumbEntry>
  );
}
