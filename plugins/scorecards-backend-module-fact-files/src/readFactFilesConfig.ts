import { basename, resolve } from 'node:path';
import { Config } from '@backstage/config';

/**
 * The files of `scorecards.factFiles`.
 *
 * @internal
 */
export function readFactFilesConfig(
  config: Config,
): { path: string; source: string }[] {
  return (config.getOptionalConfigArray('scorecards.factFiles') ?? []).map(
    file => {
      const path = file.getString('path');
      return {
        path: resolve(path),
        source: file.getOptionalString('source') ?? basename(path),
      };
    },
  );
}
