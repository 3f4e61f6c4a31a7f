import { LoggerService } from '@backstage/backend-plugin-api';
import { DeliveryStore } from './DeliveryStore';
import { GitopsPlace } from './GitopsPlace';

/** @internal */
export interface DeliveredService {
  service: string;
  /** Address of the service's own repository. */
  serviceUrl: string;
  logger?: LoggerService;
  signal?: AbortSignal;
}

/**
 * Whether the GitOps repository says what runs of a service: a run has delivered
 * it, perhaps by a pull request that is still open, or its folder is there, perhaps
 * by hand.
 *
 * @internal
 */
export async function isDelivered(
  options: DeliveredService & {
    deliveries: DeliveryStore;
    /** Absent where nothing is delivered. */
    gitops: GitopsPlace | undefined;
  },
): Promise<boolean> {
  const { deliveries, gitops, ...service } = options;
  return (
    gitops !== undefined &&
    ((await deliveries.isDelivered({
      ...gitops.address(),
      serviceUrl: service.serviceUrl,
    })) ||
      (await gitops.holds(service)))
  );
}
