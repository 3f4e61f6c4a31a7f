import { Request } from 'express';
import { UnsupportedMediaTypeError } from './UnsupportedMediaTypeError';

/**
 * Refuses a body of another content type before it is read.
 *
 * @public
 * @throws UnsupportedMediaTypeError with the type that is expected
 */
export function assertMediaType(
  request: Request,
  expected: string,
  hint: string,
): void {
  const [mediaType] = (request.header('content-type') ?? '').split(';');
  if (mediaType.trim().toLowerCase() !== expected) {
    throw new UnsupportedMediaTypeError(
      `The content type has to be ${expected}. ${hint}`,
    );
  }
}
