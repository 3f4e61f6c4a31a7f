import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * A number of bytes from the configuration.
 *
 * @internal
 * @throws InputError when it is not a positive whole number
 */
export function readBytes(
  config: Config,
  key: string,
  defaultValue: number,
): number {
  const value = config.getOptionalNumber(key) ?? defaultValue;
  if (!Number.isSafeInteger(value) || value <= 0) {
    throw new InputError(`${key} has to be a positive whole number of bytes`);
  }
  return value;
}
