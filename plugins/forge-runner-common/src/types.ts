/**
 * How a run of a pipeline stands.
 *
 * - `waiting`, `running`
 * - `succeeded`: every stage passed, and its build is what was deployed
 * - `failed`: a stage failed; `reason` says which, and why
 * - `cancelled`: somebody ended it
 * - `superseded`: a newer push came before it began
 * - `error`: the runner could not do its part, such as when the portal ended
 *
 * @public
 */
export type RunState =
  | 'waiting'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'superseded'
  | 'error';

/**
 * How a stage of a run stands. `not-run` are stages that need what this machine
 * does not offer, such as a container engine; `skipped` those that were not
 * reached.
 *
 * @public
 */
export type StageState =
  | 'waiting'
  | 'running'
  | 'passed'
  | 'failed'
  | 'skipped'
  | 'cancelled'
  | 'not-run';

/**
 * One step of a pipeline, named after its script in `ci/`.
 *
 * @public
 */
export interface PipelineStage {
  name: string;
  state: StageState;
  /** ISO 8601. */
  startedAt?: string;
  /** ISO 8601. */
  finishedAt?: string;
  /** Why it failed or was not run, for people. */
  reason?: string;
  /** Whether there is a log to read. */
  hasLog: boolean;
}

/**
 * One run of the pipeline of a repository.
 *
 * @public
 */
export interface PipelineRun {
  /** Counts from 1 in each repository. */
  number: number;
  state: RunState;
  /** Why it ended as it did, for people. */
  reason?: string;
  /** What made it run. `resumed`: the portal ended while it ran before. */
  trigger: 'push' | 'manual' | 'resumed';
  /** Entity ref of who asked for it, when it was not a push. */
  triggeredBy?: string;
  commit: {
    /** Full id. */
    id: string;
    /** First line of its message. */
    title: string;
    /** Its page on the forge. */
    url: string;
    /** ISO 8601. */
    committedAt?: string;
  };
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601. */
  startedAt?: string;
  /** ISO 8601. */
  finishedAt?: string;
  stages: PipelineStage[];
  /** Whether its build is still there to go back to. */
  hasBuild: boolean;
}

/**
 * How the service of a component stands on this machine.
 *
 * - `none`: nothing was deployed yet
 * - `starting`, `running`, `stopped`
 * - `restarting`: it ended by itself, and is started again in a moment
 * - `crashed`: it ended by itself too often
 *
 * @public
 */
export type ServiceState =
  | 'none'
  | 'starting'
  | 'running'
  | 'restarting'
  | 'stopped'
  | 'crashed';

/**
 * The service of a component, running on the machine of the portal.
 *
 * @public
 */
export interface RunningService {
  state: ServiceState;
  /** Always `staging`. */
  environment: string;
  /** Where it answers, as long as it runs; stays the same from build to build. */
  url?: string;
  /** Where it answers gRPC, if it does, such as `localhost:50051`. */
  grpcAddress?: string;
  /** Number of the run whose build it is. */
  run?: number;
  /** The commit of that build. */
  commit?: PipelineRun['commit'];
  /** Since when it is in this state, ISO 8601. */
  since?: string;
  /** Why it is in this state, for people. */
  reason?: string;
  /** Number of the run whose build rolling back would bring. */
  rollBackTo?: number;
  hasLog: boolean;
}

/**
 * What the forge runner knows of a component.
 *
 * - `no-repository`: it does not come from a repository of the embedded forge
 * - `no-scripts`: its repository has no stage scripts in `ci/`
 * - `waiting-for-push`: it has, and was there before the runner: it runs from the
 *   next push on, or when somebody asks for it
 * - `ready`: a push runs it
 *
 * @public
 */
export type PipelineAvailability =
  | 'no-repository'
  | 'no-scripts'
  | 'waiting-for-push'
  | 'ready';

/**
 * Answer to `GET /pipelines/:kind/:namespace/:name`.
 *
 * @public
 */
export interface EntityPipeline {
  entityRef: string;
  availability: PipelineAvailability;
  repository?: {
    /** `<organization>/<name>` */
    name: string;
    url: string;
    defaultBranch: string;
  };
  /** Whether the caller may run, cancel, stop, restart and roll back. */
  mayOperate: boolean;
  service: RunningService;
  /** The latest first. */
  runs: PipelineRun[];
  /** For the next page of runs; none on the last one. */
  nextCursor?: string;
  /** What this machine enforces of the limits, for people. */
  isolation: Isolation;
}

/**
 * What is enforced on the machine of the portal.
 *
 * @public
 */
export interface Isolation {
  /** Whether everything a stage leaves behind is found and ended for certain. */
  processes: 'namespace' | 'tracked' | 'process-group';
  /** What is not enforced here, one sentence each. */
  notEnforced: string[];
}

/**
 * A part of a log.
 *
 * @public
 */
export interface LogPart {
  text: string;
  /** Position of its first byte; 0 is the beginning. */
  start: number;
  /** `from` of the next request. */
  next: number;
  /** Whether nothing will be added any more. */
  complete: boolean;
}
