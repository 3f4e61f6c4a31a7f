import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigSources } from '@backstage/config-loader';
import { missingVariables } from './missingVariables';

/**
 * Configuration as Backstage reads it. In production, a start without one of
 * the variables that the files ask for ends here, naming all of them.
 *
 * @internal
 */
export const rootConfig = createServiceFactory({
  service: coreServices.rootConfig,
  deps: {},
  async factory() {
    if (process.env.NODE_ENV === 'production') {
      const files = ConfigSources.parseArgs(process.argv.slice(2))
        .filter(({ type }) => type === 'path')
        .map(({ target }) => target);
      const missing = await missingVariables(files, process.env);
      if (missing.length > 0) {
        throw new Error(
          `Not set: ${missing.join(
            ', ',
          )}. These environment variables are described in ${files.join(
            ' and ',
          )}`,
        );
      }
    }
    return ConfigSources.toConfig(ConfigSources.default({}));
  },
});
