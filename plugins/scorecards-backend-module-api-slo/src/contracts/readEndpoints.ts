import { InputError } from '@backstage/errors';
import { Endpoint } from './Endpoint';
import { readAsyncApi } from './readAsyncApi';
import { readOpenApi } from './readOpenApi';
import { readProtobuf } from './readProtobuf';

const MAX_CHARACTERS = 2_000_000;
const MAX_ENDPOINTS = 2_000;

const readers = new Map<unknown, (definition: string) => Endpoint[]>([
  ['openapi', readOpenApi],
  ['asyncapi', readAsyncApi],
  ['grpc', readProtobuf],
]);

/**
 * The types of APIs whose definitions are read.
 *
 * @internal
 */
export const READ_TYPES = [...readers.keys()] as string[];

/**
 * The endpoints of a definition of an API, in its order, without those that are
 * for the platform rather than for users.
 *
 * @param options - `type` is one of {@link READ_TYPES}
 * @throws InputError when it is no definition of that type
 * @internal
 */
export function readEndpoints(options: {
  type: string;
  definition: string;
}): Endpoint[] {
  const { type, definition } = options;
  const read = readers.get(type);
  if (!read) {
    throw new InputError(`nobody reads definitions of type ${type}`);
  }
  if (definition.length > MAX_CHARACTERS) {
    throw new InputError(
      `it has more than ${MAX_CHARACTERS.toLocaleString('en')} characters`,
    );
  }
  const endpoints = read(definition);
  if (endpoints.length > MAX_ENDPOINTS) {
    throw new InputError(`it has more than ${MAX_ENDPOINTS} endpoints`);
  }
  return endpoints;
}
