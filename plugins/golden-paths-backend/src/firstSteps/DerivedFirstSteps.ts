import { FirstStep } from '@waymark/plugin-golden-paths-common';

/**
 * Where a new service waits.
 *
 * @internal
 */
export interface Stuck {
  step: FirstStep;
  /** Milliseconds. */
  since: number;
  reason: 'failed' | 'waiting';
  message: string;
  /** http(s), or a path inside the portal. */
  url?: string;
}

/**
 * How a service came to life: a row of `first_steps`. Times are milliseconds.
 *
 * @internal
 */
export interface DerivedFirstSteps {
  taskId?: string;
  templateRef?: string;
  requestedBy?: string;
  requestedAt: number;
  repositoryAt?: number;
  /** The first run that succeeded. */
  pipelineAt?: number;
  artifactAt?: number;
  /** The first observed deployment. */
  stagingAt?: number;
  catalogAt?: number;
  productionAt?: number;
  stuck?: Stuck;
  sample: boolean;
}
