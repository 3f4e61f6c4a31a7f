import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { isUriReference } from '../events/schemas/isUri';

/**
 * Reads `goldenPaths.observers`.
 *
 * @throws InputError that names the key
 * @internal
 */
export function readObservers(config: Config): string[] {
  const observers =
    config.getOptionalConfigArray('goldenPaths.observers') ?? [];
  return observers.map((observer, index) => {
    const source = observer.getString('source');
    if (source === '' || !isUriReference(source) || source.endsWith('/')) {
      throw new InputError(
        `goldenPaths.observers[${index}].source has to be a URI without a slash at its end, such as https://cd.example.com`,
      );
    }
    return source;
  });
}
