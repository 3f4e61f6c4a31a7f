import { Config } from '@backstage/config';
import { ServiceScope } from '../services/ServiceScope';

/**
 * Which components count as active services, as the configuration says.
 *
 * @internal
 */
export function readServiceScope(config: Config): ServiceScope {
  const list = (key: string, fallback: string[]) =>
    (
      config.getOptionalStringArray(`goldenPaths.services.${key}`) ?? fallback
    ).map(text => text.toLowerCase());
  return {
    types: list('types', ['service', 'website', 'worker']),
    exceptLifecycles: list('exceptLifecycles', ['deprecated']),
  };
}
