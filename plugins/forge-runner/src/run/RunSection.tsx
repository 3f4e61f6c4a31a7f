import { Alert, Button, Link, Text } from '@backstage/ui';
import { RiStopFill } from '@remixicon/react';
import type { PipelineRun } from '@waymark/plugin-forge-runner-common';
import { AskPlatformTeam, Elapsed, Moment, Section } from '@waymark/ui';
import { StateMark } from '../shared/StateMark';
import { StageList } from './StageList';
import styles from './RunSection.module.css';

const TRIGGERS: Record<PipelineRun['trigger'], string> = {
  push: 'Pushed',
  manual: 'Asked for',
  resumed: 'Run again after the portal ended',
};

/** A run: what it is of, how it went, its stages. */
export function RunSection(props: {
  entityRef: string;
  run: PipelineRun;
  isLatest: boolean;
  /** Undefined where the reader may not. */
  onCancel?: () => void;
  isBusy: boolean;
  open: string | undefined;
  onOpen: (stage: string | undefined) => void;
}) {
  const { entityRef, run, isLatest, onCancel, isBusy, open, onOpen } = props;
  const { commit, createdAt, finishedAt, number, reason, startedAt } = run;
  const isActive = run.state === 'waiting' || run.state === 'running';
  return (
    <Section
      title={`${isLatest ? 'Latest run' : 'Run'}: ${number}`}
      headingLevel="h3"
      action={
        isActive &&
        onCancel && (
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiStopFill />}
            isPending={isBusy}
            onPress={onCancel}
          >
            Cancel run {number}
          </Button>
        )
      }
    >
      <div className={styles.facts} role="status">
        <StateMark state={run.state} />
        {startedAt && (
          <Text color="secondary">
            <Elapsed from={startedAt} to={finishedAt} />
          </Text>
        )}
        <Text color="secondary">
          {TRIGGERS[run.trigger]} <Moment at={createdAt} inline />
        </Text>
        <Link href={commit.url} className={styles.commit}>
          {commit.title || 'Commit'} ({commit.id.slice(0, 7)})
        </Link>
      </div>
      {run.state === 'failed' && (
        <Alert
          status="danger"
          icon
          title={`Stuck at ${reason ?? 'a stage'}`}
          description="Nothing of it was deployed; what runs stays as it is. The log of the stage says more. Push a change that mends it, and it runs again."
          customActions={
            <AskPlatformTeam
              about={{
                entityRef,
                step: run.stages.find(({ state }) => state === 'failed')?.name,
              }}
            />
          }
        />
      )}
      {reason && run.state !== 'failed' && (
        <Text color="secondary" className={styles.reason}>
          {reason}
        </Text>
      )}
      {run.stages.length > 0 ? (
        <StageList
          entityRef={entityRef}
          run={run}
          open={open}
          onOpen={onOpen}
        />
      ) : (
        isActive && (
          <Text color="secondary">
            It begins when the run before has ended, or another repository’s.
          </Text>
        )
      )}
    </Section>
  );
}
