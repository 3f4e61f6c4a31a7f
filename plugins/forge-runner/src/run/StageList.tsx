import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Text,
} from '@backstage/ui';
import type {
  PipelineRun,
  PipelineStage,
} from '@waymark/plugin-forge-runner-common';
import { Elapsed } from '@waymark/ui';
import { useCallback, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { forgeRunnerApiRef } from '../api';
import { LogView } from '../log/LogView';
import { StateMark } from '../shared/StateMark';
import styles from './StageList.module.css';

function StageLog(props: {
  entityRef: string;
  run: number;
  stage: PipelineStage;
}) {
  const { entityRef, run, stage } = props;
  const client = useApi(forgeRunnerApiRef);
  const [attempt, setAttempt] = useState(0);
  const { name } = stage;
  const load = useCallback(
    (from: number | undefined, signal: AbortSignal) =>
      client.getStageLog(entityRef, { run, stage: name, from, signal }),
    // Another attempt is another look
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [client, entityRef, run, name, attempt],
  );
  return (
    <LogView
      title={`${name}, run ${run}`}
      load={load}
      onRetry={() => setAttempt(count => count + 1)}
    />
  );
}

function Facts(props: { stage: PipelineStage }) {
  const { startedAt, finishedAt, state } = props.stage;
  const isTimed = startedAt && (finishedAt || state === 'running');
  return (
    <span className={styles.facts}>
      <StateMark state={state} />
      <Text color="secondary" className={styles.time}>
        {isTimed && <Elapsed from={startedAt} to={finishedAt} />}
      </Text>
    </span>
  );
}

/** Stages that are not run on this machine, those with one reason together. */
function LeftOut(props: { stages: PipelineStage[] }) {
  const { stages } = props;
  const reasons = [...new Set(stages.map(({ reason }) => reason))];
  return (
    <>
      {reasons.map(reason => (
        <Text
          key={reason}
          as="p"
          variant="body-small"
          color="secondary"
          className={styles.leftOut}
        >
          Not run here:{' '}
          <strong>
            {stages
              .filter(stage => stage.reason === reason)
              .map(({ name }) => name)
              .join(', ')}
          </strong>
          {reason && `. ${reason}.`}
        </Text>
      ))}
    </>
  );
}

/**
 * The stages of a run, each with its state, the time it took and, folded away, its
 * log.
 */
export function StageList(props: {
  entityRef: string;
  run: PipelineRun;
  /** The one that is open. */
  open: string | undefined;
  onOpen: (stage: string | undefined) => void;
}) {
  const { entityRef, run, open, onOpen } = props;
  const isLeftOut = ({ state, hasLog }: PipelineStage) =>
    state === 'not-run' && !hasLog;
  return (
    <div>
      <ol className={styles.list} aria-label={`Stages of run ${run.number}`}>
        {run.stages
          .filter(stage => !isLeftOut(stage))
          .map(stage => (
            <li
              key={stage.name}
              className={styles.stage}
              data-state={stage.state}
            >
              {stage.hasLog ? (
                <Accordion
                  isExpanded={open === stage.name}
                  onExpandedChange={isOpen =>
                    onOpen(isOpen ? stage.name : undefined)
                  }
                >
                  <AccordionTrigger className={styles.trigger} level={4}>
                    <span className={styles.row}>
                      <span className={styles.name}>{stage.name}</span>
                      <Facts stage={stage} />
                    </span>
                  </AccordionTrigger>
                  <AccordionPanel>
                    {open === stage.name && (
                      <div className={styles.panel}>
                        <StageLog
                          entityRef={entityRef}
                          run={run.number}
                          stage={stage}
                        />
                      </div>
                    )}
                  </AccordionPanel>
                </Accordion>
              ) : (
                <span className={`${styles.row} ${styles.plain}`}>
                  <span className={styles.name}>{stage.name}</span>
                  <Facts stage={stage} />
                </span>
              )}
              {stage.reason && (
                <Text
                  as="div"
                  variant="body-small"
                  color="secondary"
                  className={styles.reason}
                >
                  {stage.reason}
                </Text>
              )}
            </li>
          ))}
      </ol>
      <LeftOut stages={run.stages.filter(isLeftOut)} />
    </div>
  );
}
