import { InputError } from '@backstage/errors';
import { Request, Response } from 'express';
import { assertMediaType } from './assertMediaType';
import { readBody } from './readBody';

/**
 * The body of a request as JSON.
 *
 * @public
 * @throws PayloadTooLargeError, UnsupportedMediaTypeError, or InputError when it
 * is not JSON in UTF-8
 */
export async function readJson(
  request: Request,
  response: Response,
  options: { maxBytes: number },
): Promise<unknown> {
  assertMediaType(request, 'application/json', 'Send the body as JSON.');
  const body = await readBody({ request, response, ...options });
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new InputError('The body is not JSON in UTF-8', error);
  }
}
