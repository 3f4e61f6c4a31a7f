import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';

export type Decide = (
  request: PolicyQuery,
  user?: PolicyQueryUser,
) => PolicyDecision;

/** People see everything, and do what they please with what they own. */
export const ownersAct: Decide = ({ permission }, user) => {
  if (
    !isResourcePermission(permission, 'catalog-entity') ||
    permission.attributes.action === 'read'
  ) {
    return { result: AuthorizeResult.ALLOW };
  }
  return createCatalogConditionalDecision(
    permission,
    catalogConditions.isEntityOwner({
      claims: user?.info.ownershipEntityRefs ?? [],
    }),
  );
};

/** A permission policy that the test changes. */
export class TestPolicy {
  #decide = ownersAct;

  set(decide: Decide): void {
    this.#decide = decide;
  }

  reset(): void {
    this.#decide = ownersAct;
  }

  get feature() {
    return createBackendModule({
      pluginId: 'permission',
      moduleId: 'policy-of-the-test',
      register: env =>
        env.registerInit({
          deps: { point: policyExtensionPoint },
          init: async ({ point }) =>
            point.setPolicy({
              handle: async (request, user) => this.#decide(request, user),
            }),
        }),
    });
  }
}
