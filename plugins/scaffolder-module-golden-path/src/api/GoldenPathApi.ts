import { createApiRef } from '@backstage/frontend-plugin-api';
import type { ScaffolderTaskOutput } from '@backstage/plugin-scaffolder-common';
import type { JsonObject } from '@backstage/types';
import type {
  Deviation,
  UpgradePreview,
  UpgradeProposal,
  UpgradeStatus,
} from '@waymark/plugin-golden-paths-common';

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
 * An entry of a run's log. The scaffolder's own type leaves out what is said of the
 * end.
 *
 * @public
 */
export interface RunEvent {
  type: string;
  /** In ISO 8601. */
  createdAt: string;
  body: {
    message?: string;
    stepId?: string;
    status?: string;
    error?: { message?: string };
    output?: ScaffolderTaskOutput;
  };
}

/**
 * A run, as lists show it.
 *
 * @public
 */
export interface ListedRun {
  taskId: string;
  status: string;
  /** What it makes: the answer to the field `name`, where the form has one. */
  name?: string;
  template?: { ref: string; title?: string };
  /** Reference of who started it. */
  createdBy?: string;
  createdAt: string;
  /** When the last attempt began. */
  startedAt: string;
  endedAt?: string;
}

/**
 * How long a template usually takes.
 *
 * @public
 */
export interface UsualDuration {
  templateRef: string;
  /** Median of the last runs that ended well. */
  seconds: number;
  /** How many runs that is the median of. */
  runs: number;
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
  /** The log of a run that is over. */
  getEvents(taskId: string): Promise<RunEvent[]>;
  /** The runs that the reader may see, the latest first. */
  listRuns(options: {
    /** Only those that the reader started. */
    mine: boolean;
    limit: number;
    offset: number;
  }): Promise<{ items: ListedRun[]; totalItems: number }>;
  /** How long templates take; those that nobody has run are left out. */
  getUsualDurations(templateRefs: string[]): Promise<UsualDuration[]>;
  /** Where a service deviates from its golden path. */
  getDeviations(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<Deviation[]>;
  /** How a service stands to the newest version of its golden path. */
  getUpgrade(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<UpgradeStatus>;
  /** What its upgrade would do; takes seconds. */
  previewUpgrade(
    entityRef: string,
    options?: { answers?: JsonObject; signal?: AbortSignal },
  ): Promise<UpgradePreview>;
  /** Has it proposed by a run, or answers with the one that is there. */
  proposeUpgrade(
    entityRef: string,
    options?: { answers?: JsonObject },
  ): Promise<{ taskId: string; proposal?: UpgradeProposal }>;
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
