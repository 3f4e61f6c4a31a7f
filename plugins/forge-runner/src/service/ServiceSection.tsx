import { Button, Link, Text } from '@backstage/ui';
import { RiRestartLine, RiStopFill } from '@remixicon/react';
import type {
  EntityPipeline,
  RunningService,
} from '@waymark/plugin-forge-runner-common';
import { Moment, NamedEntityLink, Section } from '@waymark/ui';
import { useCallback, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { forgeRunnerApiRef } from '../api';
import { LogView } from '../log/LogView';
import { StateMark } from '../shared/StateMark';
import { RollBackButton } from './RollBackButton';
import styles from './ServiceSection.module.css';

/** Why a service is as it is; whoever did that by name. */
function Reason({ reason }: { reason: string }) {
  const [, words, by] = /^(.* by )(user:\S+)$/.exec(reason) ?? [];
  return by ? (
    <>
      {words}
      <NamedEntityLink entityRef={by} />
    </>
  ) : (
    <>{reason}</>
  );
}

/** State, address and build of a running service. */
export function ServiceFacts(props: { service: RunningService }) {
  const { commit, grpcAddress, reason, run, since, state, url } = props.service;
  return (
    <>
      <div className={styles.facts} role="status">
        <StateMark state={state} isService />
        {url && (
          <Link href={url} target="_blank" rel="noopener noreferrer">
            {url}
          </Link>
        )}
        {grpcAddress && <Text>gRPC at {grpcAddress}</Text>}
        {since && (
          <Text color="secondary">
            {state === 'running' && 'started '}
            <Moment at={since} inline />
          </Text>
        )}
      </div>
      {run !== undefined && (
        <Text color="secondary" className={styles.text}>
          Build {run}
          {commit && (
            <>
              {': '}
              <Link href={commit.url}>
                {commit.title || commit.id.slice(0, 7)}
              </Link>
            </>
          )}
        </Text>
      )}
      {reason && (
        <Text className={styles.text}>
          <Reason reason={reason} />
        </Text>
      )}
      {state === 'none' && (
        <Text color="secondary">
          A run whose stages all pass starts it on the machine of the portal.
        </Text>
      )}
    </>
  );
}

function ServiceLog(props: { entityRef: string }) {
  const { entityRef } = props;
  const client = useApi(forgeRunnerApiRef);
  const [attempt, setAttempt] = useState(0);
  const load = useCallback(
    (from: number | undefined, signal: AbortSignal) =>
      client.getServiceLog(entityRef, { from, signal }),
    // Another attempt is another look
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [client, entityRef, attempt],
  );
  return (
    <LogView
      title="the service"
      load={load}
      onRetry={() => setAttempt(count => count + 1)}
    />
  );
}

/** The service as it runs on this machine, and what may be done about it. */
export function ServiceSection(props: {
  pipeline: EntityPipeline;
  isBusy: boolean;
  onRestart: () => void;
  onStop: () => void;
  onRollBack: (run: number) => Promise<void>;
  isLogOpen: boolean;
  onLog: (isOpen: boolean) => void;
}) {
  const { pipeline, isBusy, onRestart, onStop, onRollBack } = props;
  const { isLogOpen, onLog } = props;
  const { entityRef, mayOperate, service } = pipeline;
  const { rollBackTo, state } = service;
  const isUp = ['running', 'restarting', 'starting'].includes(state);
  return (
    <Section title={`Running service: ${service.environment}`}>
      <ServiceFacts service={service} />
      <div className={styles.actions}>
        {mayOperate && state !== 'none' && (
          <>
            <Button
              size="small"
              variant="secondary"
              iconStart={<RiRestartLine />}
              isDisabled={isBusy}
              onPress={onRestart}
            >
              {isUp ? 'Restart' : 'Start'}
            </Button>
            {isUp && (
              <Button
                size="small"
                variant="secondary"
                iconStart={<RiStopFill />}
                isDisabled={isBusy}
                onPress={onStop}
              >
                Stop
              </Button>
            )}
            {rollBackTo !== undefined && (
              <RollBackButton
                run={rollBackTo}
                present={service.run}
                isDisabled={isBusy}
                onRollBack={onRollBack}
              />
            )}
          </>
        )}
        {service.hasLog && (
          <Button
            size="small"
            variant="tertiary"
            aria-expanded={isLogOpen}
            onPress={() => onLog(!isLogOpen)}
          >
            {isLogOpen ? 'Hide the log' : 'Show the log'}
          </Button>
        )}
      </div>
      {isLogOpen && service.hasLog && <ServiceLog entityRef={entityRef} />}
    </Section>
  );
}
