import { InputError } from '@backstage/errors';
import { Request, Response } from 'express';
import { PayloadTooLargeError } from './PayloadTooLargeError';
import { UnsupportedMediaTypeError } from './UnsupportedMediaTypeError';

/**
 * The bytes of a body as they are on the wire. The body parsers of Express
 * inflate them, and answer a body that is too large only after they have read
 * all of it.
 *
 * @public
 * @throws PayloadTooLargeError as soon as that is clear
 */
export async function readBody(options: {
  maxBytes: number;
  request: Request;
  response: Response;
}): Promise<Buffer> {
  const { maxBytes, request, response } = options;
  const refuse = () => {
    // What is still on its way is not waited for
    response.set('Connection', 'close');
    return new PayloadTooLargeError(
      `The body has more than the ${maxBytes} bytes that are accepted`,
    );
  };

  const encoding = request.header('content-encoding') ?? 'identity';
  if (encoding !== 'identity') {
    throw new UnsupportedMediaTypeError('The body must not be compressed');
  }
  if (Number(request.header('content-length') ?? 0) > maxBytes) {
    throw refuse();
  }

  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        request.off('data', onData);
        request.pause();
        reject(refuse());
        return;
      }
      chunks.push(chunk);
    };
    request.on('data', onData);
    request.on('end', () => resolve(Buffer.concat(chunks, length)));
    request.on('error', reject);
    request.on('close', () =>
      reject(new InputError('The body broke off before its end')),
    );
  });
}
