import { createApiRef } from '@backstage/frontend-plugin-api';

/**
 * What the form knows so far; empty strings stand for fields not filled in yet.
 *
 * @public
 */
export interface GoldenPathCheckRequest {
  name: string;
  /** Entity reference of a group, for example `group:default/payments`. */
  owner?: string;
  /** Entity reference of a system. */
  system?: string;
}

/**
 * Answer of the backend to a {@link GoldenPathCheckRequest}.
 *
 * @public
 */
export interface GoldenPathCheckResult {
  valid: boolean;
  /** One entry per problem; `field` is the name of the form's field. */
  errors: Array<{ field: string; message: string }>;
}

/**
 * Something that a run made outside the portal.
 *
 * @public
 */
export interface CreatedThing {
  kind: string;
  url: string;
  /**
   * `created` while it exists because of this run, `undone` once the run's undo
   * has removed it. Hosts may report further states.
   */
  state: string;
}

/**
 * What the golden-path backend remembers about a scaffolder run.
 *
 * @public
 */
export interface GoldenPathRun {
  taskId: string;
  status: string;
  created: CreatedThing[];
  /** Changes that the run proposed to repositories that were there already. */
  proposed: Array<{ url: string }>;
  undo: {
    possible: boolean;
    /** Why undo is refused, in words for the reader. */
    reason?: string;
  };
}

/**
 * Where a run came to a stop.
 *
 * @public
 */
export interface RunFailure {
  /** Identifier of the step it stopped at, when the log tells. */
  stepId?: string;
  /** Whether somebody cancelled it: such a run may end as a failed one. */
  cancelled?: boolean;
  /** The error's message as the backend gave it. */
  message?: string;
}

/**
 * The golden-path side of the scaffolder's backend.
 *
 * @public
 */
export interface GoldenPathApi {
  /**
   * Whether a service may be made with these answers.
   *
   * @throws ResponseError or a network error when the backend did not answer;
   * that is neither a yes nor a no.
   */
  check(
    request: GoldenPathCheckRequest,
    options?: { signal?: AbortSignal },
  ): Promise<GoldenPathCheckResult>;
  /** The run, or `undefined` when the backend knows nothing about it. */
  getRun(taskId: string): Promise<GoldenPathRun | undefined>;
  /** Removes what the run created and answers with what is left. */
  undoRun(taskId: string): Promise<GoldenPathRun>;
  /** Reads the reason of a failure from the run's log. */
  getFailure(taskId: string): Promise<RunFailure>;
}

/**
 * Reference of the {@link GoldenPathApi}.
 *
 * @public
 */
export const goldenPathApiRef = createApiRef<GoldenPathApi>().with({
  id: 'plugin.scaffolder.golden-path',
  pluginId: 'scaffolder',
});
