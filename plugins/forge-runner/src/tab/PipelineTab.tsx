import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Flex } from '@backstage/ui';
import { RiPlayFill } from '@remixicon/react';
import type { EntityPipeline } from '@waymark/plugin-forge-runner-common';
import {
  describeError,
  EmptyState,
  LoadingLines,
  ProblemNotice,
  Section,
  useAddress,
  useLoaded,
} from '@waymark/ui';
import { useCallback, useState } from 'react';
import { entityRouteRef } from '../routes';
import { RunSection } from '../run/RunSection';
import { RunTable } from '../run/RunTable';
import { ServiceSection } from '../service/ServiceSection';
import { usePipeline } from '../shared/usePipeline';
import { NothingYet } from './NothingYet';
import { Limits } from './Limits';

/** Runs that are listed at first, and with each “More”. */
const PAGE = 20;

/** The pipeline of the component of the page, and the service it has started. */
export function PipelineTab() {
  const [limit, setLimit] = useState(PAGE);
  const { value, error, isOff, retry, entityRef, client } = usePipeline({
    limit,
  });
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const act = async (what: string, action: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await action();
    } catch (failure) {
      setProblem(`${what}: ${describeError(failure)}`);
    } finally {
      setBusy(false);
      retry();
    }
  };

  if (isOff) {
    return (
      <EmptyState title="Pipelines do not run on this portal">
        They are switched off in its configuration, <code>forgeRunner</code>.
      </EmptyState>
    );
  }
  if (!value) {
    return error === undefined ? (
      <Section title="Pipeline">
        <LoadingLines label="Loading the pipeline" lines={10} />
      </Section>
    ) : (
      <ProblemNotice
        title="The pipeline cannot be shown"
        error={error}
        onRetry={retry}
      />
    );
  }
  const run = (
    <Button
      size="small"
      variant="primary"
      iconStart={<RiPlayFill />}
      isDisabled={isBusy}
      onPress={() => act('It was not run', () => client.startRun(entityRef))}
    >
      Run pipeline
    </Button>
  );
  return (
    <Flex direction="column" gap="4">
      {problem && <Alert role="alert" status="danger" icon title={problem} />}
      {value.runs.length === 0 ? (
        <NothingYet
          pipeline={value}
          action={
            value.mayOperate && value.availability === 'waiting-for-push'
              ? run
              : undefined
          }
        />
      ) : (
        <Content
          pipeline={value}
          isBusy={isBusy}
          run={value.mayOperate ? run : undefined}
          act={act}
          client={client}
          onMore={
            value.nextCursor ? () => setLimit(count => count + PAGE) : undefined
          }
          onRolledBack={retry}
        />
      )}
      <Limits isolation={value.isolation} />
    </Flex>
  );
}

function Content(props: {
  pipeline: EntityPipeline;
  client: ReturnType<typeof usePipeline>['client'];
  isBusy: boolean;
  run: JSX.Element | undefined;
  act: (what: string, action: () => Promise<unknown>) => Promise<void>;
  onMore: (() => void) | undefined;
  onRolledBack: () => void;
}) {
  const { pipeline, client, isBusy, run, act, onMore, onRolledBack } = props;
  const { entityRef, mayOperate, runs } = pipeline;
  const tab = useRouteRef(entityRouteRef)?.() ?? '';
  const [query, change] = useAddress();
  const wanted = Number(query.get('run')) || runs[0].number;
  const listed = runs.find(({ number }) => number === wanted);

  // One that is not in the list, since it is older
  const old = useLoaded(
    useCallback(
      async signal =>
        listed ? undefined : client.getRun(entityRef, wanted, { signal }),
      // What is in the list changes all the time; whether it is there does not
      // eslint-disable-next-line react-hooks/exhaustive-deps
      [client, entityRef, wanted, listed === undefined],
    ),
  );
  const shown = listed ?? old.value;
  const failed = shown?.stages.find(({ state }) => state === 'failed');
  const stage = query.get('stage') ?? failed?.name;

  return (
    <>
      <ServiceSection
        pipeline={pipeline}
        isBusy={isBusy}
        onRestart={() =>
          act('It was not started', () => client.restartService(entityRef))
        }
        onStop={() =>
          act('It was not stopped', () => client.stopService(entityRef))
        }
        onRollBack={async number => {
          await client.rollBackService(entityRef, { run: number });
          onRolledBack();
        }}
        isLogOpen={query.get('log') === 'service'}
        onLog={isOpen => change({ log: isOpen ? 'service' : undefined })}
      />
      {shown && (
        <RunSection
          key={shown.number}
          entityRef={entityRef}
          run={shown}
          isLatest={shown.number === runs[0].number}
          isBusy={isBusy}
          onCancel={
            mayOperate
              ? () =>
                  act('It was not cancelled', () =>
                    client.cancelRun(entityRef, shown.number),
                  )
              : undefined
          }
          open={stage === 'none' ? undefined : stage}
          // Without its number: a newer run is shown when it comes
          onOpen={name => change({ stage: name ?? 'none' })}
        />
      )}
      {!shown && old.error !== undefined && (
        <ProblemNotice
          title={`Run ${wanted} cannot be shown`}
          error={old.error}
          onRetry={old.retry}
        />
      )}
      <Section title="Runs" action={run}>
        <RunTable
          runs={runs}
          addressOf={useCallback(
            (number: number) => `${tab}?run=${number}`,
            [tab],
          )}
        />
        {onMore && (
          <div>
            <Button size="small" variant="secondary" onPress={onMore}>
              More runs
            </Button>
          </div>
        )}
      </Section>
    </>
  );
}
