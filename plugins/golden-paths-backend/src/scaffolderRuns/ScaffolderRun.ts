/** @internal */
export type RunStatus =
  | 'open'
  | 'processing'
  | 'completed'
  | 'failed'
  | 'cancelled';

/**
 * A step of the last attempt of a run.
 *
 * @internal
 */
export interface RunStep {
  id: string;
  name: string;
  action?: string;
  status: 'open' | 'processing' | 'completed' | 'failed' | 'skipped';
  /** Milliseconds. */
  startedAt?: number;
  endedAt?: number;
}

/**
 * That a service takes a newer version of its path.
 *
 * @internal
 */
export interface ProposedUpgrade {
  entityRef: string;
  /** Absent: it is not proposed yet. */
  version?: string;
  /** The pull request, or the branch to be merged. */
  url?: string;
}

/**
 * A run of the scaffolder, as far as it matters for delivery. Times are
 * milliseconds.
 *
 * @internal
 */
export interface ScaffolderRun {
  taskId: string;
  templateRef?: string;
  /** What it makes: the answer to the field `name`. */
  name?: string;
  ownerRef?: string;
  createdBy?: string;
  /** The parts of the path that it was told to leave out. */
  leftOut?: string[];
  /** It makes something new; otherwise it changes what is there already. */
  creates: boolean;
  /** The entity it made, once it is known. */
  entityRef?: string;
  repositoryUrl?: string;
  /** What it proposes to a service that follows a path. */
  upgrade?: ProposedUpgrade;
  /** What its output says of environments that it made. */
  environments: { id: string; name?: string; url?: string }[];
  status: RunStatus;
  attempts: number;
  /** When it was first started. */
  createdAt: number;
  /** When its last attempt began. */
  startedAt: number;
  endedAt?: number;
  steps: RunStep[];
  failedStep?: { id: string; name: string };
  /** Shortened, without anything that looks like a secret. */
  error?: string;
}
