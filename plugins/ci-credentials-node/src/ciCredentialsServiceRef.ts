import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { CiCredentialsService } from './CiCredentialsService';
import { HttpCiCredentialsService } from './service/HttpCiCredentialsService';

/**
 * The pipelines behind principals, and the credentials that the golden path
 * issues. Works without being installed: it asks the CI credentials backend.
 *
 * @public
 */
export const ciCredentialsServiceRef = createServiceRef<CiCredentialsService>({
  id: 'ci-credentials.service',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      factory: deps => new HttpCiCredentialsService(deps),
    }),
});
