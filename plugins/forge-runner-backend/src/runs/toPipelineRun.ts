import {
  PipelineRun,
  PipelineStage,
} from '@waymark/plugin-forge-runner-common';
import { RunRow, StageRow } from './RunStore';

/**
 * A run as the outside sees it.
 *
 * @internal
 */
export function toPipelineRun(
  run: RunRow,
  stages: StageRow[],
  repositoryUrl: string,
): PipelineRun {
  return {
    number: run.number,
    state: run.state,
    reason: run.reason ?? undefined,
    trigger: run.trigger,
    triggeredBy: run.triggered_by ?? undefined,
    commit: toCommit(run, repositoryUrl),
    createdAt: new Date(Number(run.created_at)).toISOString(),
    startedAt: toTime(run.started_at),
    finishedAt: toTime(run.finished_at),
    stages: stages.map(toStage),
    hasBuild: Boolean(run.has_build),
  };
}

/** @internal */
export function toCommit(
  run: RunRow,
  repositoryUrl: string,
): PipelineRun['commit'] {
  return {
    id: run.commit_id,
    title: run.commit_title,
    url: `${repositoryUrl}/commit/${run.commit_id}`,
    committedAt: toTime(run.committed_at),
  };
}

function toStage(stage: StageRow): PipelineStage {
  return {
    name: stage.name,
    state: stage.state,
    startedAt: toTime(stage.started_at),
    finishedAt: toTime(stage.finished_at),
    reason: stage.reason ?? undefined,
    hasLog: Boolean(stage.has_log),
  };
}

/** @internal */
export function toTime(value: number | string | null): string | undefined {
  return value === null ? undefined : new Date(Number(value)).toISOString();
}
