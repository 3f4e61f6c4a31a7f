import { EntityPipeline, LogPart, PipelineRun, RunningService } from './types';

/**
 * Pipelines and running services of the embedded forge.
 *
 * @remarks
 * All methods throw `ResponseError` when the backend refuses.
 *
 * @public
 */
export interface ForgeRunnerApi {
  /** What is known of a component, with its latest runs. */
  getPipeline(
    entityRef: string,
    options?: { cursor?: string; limit?: number; signal?: AbortSignal },
  ): Promise<EntityPipeline>;

  /** One run by its number. */
  getRun(
    entityRef: string,
    run: number,
    options?: { signal?: AbortSignal },
  ): Promise<PipelineRun>;

  /** The log of a stage, from a position on. */
  getStageLog(
    entityRef: string,
    options: {
      run: number;
      stage: string;
      from?: number;
      signal?: AbortSignal;
    },
  ): Promise<LogPart>;

  /** The log of the running service, from a position on. */
  getServiceLog(
    entityRef: string,
    options?: { from?: number; signal?: AbortSignal },
  ): Promise<LogPart>;

  /** Runs the pipeline for the head of the default branch. */
  startRun(entityRef: string): Promise<PipelineRun>;

  /** Ends a run that waits or runs. */
  cancelRun(entityRef: string, run: number): Promise<PipelineRun>;

  stopService(entityRef: string): Promise<RunningService>;

  /** Starts the present build again, or for the first time after a stop. */
  restartService(entityRef: string): Promise<RunningService>;

  /** Puts the build of an earlier run in place of the present one. */
  rollBackService(
    entityRef: string,
    options: { run: number },
  ): Promise<RunningService>;
}
