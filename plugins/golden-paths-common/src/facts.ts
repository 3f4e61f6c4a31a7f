/**
 * The topic of the events service on which the backend tells that what it knows of
 * entities may have changed. The payload is `{ entityRefs: string[] }`, at most 500.
 *
 * @public
 */
export const DELIVERY_CHANGED_TOPIC = 'golden-paths.delivery-changed';

/**
 * What is known of the delivery of a service, for rules. What nothing is known of is
 * absent.
 *
 * @public
 */
export interface DeliveryFacts {
  /** Of the last deployment that was observed, to staging or production, ISO 8601. */
  lastDeploymentAt?: string;
  lastProductionDeploymentAt?: string;
  lastStagingDeploymentAt?: string;
  /** Of the last run of a pipeline that succeeded. */
  lastPipelineSuccessAt?: string;
  /** Observed, to production, in the last 90 days. */
  deployments: number;
  /** Observed, to production, over the last four weeks. */
  deploymentsPerWeek?: number;
  /** Hours from merge to production: the median of the last 90 days. */
  changeLeadTimeHours?: number;
  /** Of the observed deployments to production of the last 90 days, 0 to 1. */
  changeFailRate?: number;
  /** Absent until its repository was looked at. */
  path?: {
    /** Empty: it follows none. */
    template: string;
    version: string;
    /** Git bears out that the path made it. */
    verified: boolean;
    /** All that has to stay as it was generated does, or was approved. */
    conformant: boolean;
    /** There is a later version of its path. */
    behind: boolean;
    /** Files and folders that differ without being approved. */
    deviations: number;
  };
}

/**
 * Answer to `POST /api/golden-paths/facts`.
 *
 * @public
 */
export interface DeliveryFactsAnswer {
  items: { entityRef: string; facts: DeliveryFacts }[];
}
