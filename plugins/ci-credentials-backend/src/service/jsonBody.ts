import { InputError } from '@backstage/errors';
import express, { ErrorRequestHandler, RequestHandler } from 'express';

/** The parser's own error quotes what it could not read: here, a token. */
const withoutBody: ErrorRequestHandler = (error, _req, _res, next) => {
  next(
    error.type === 'entity.parse.failed'
      ? new InputError('The body is not valid JSON')
      : error,
  );
};

/**
 * Reads the bodies of requests.
 *
 * @internal
 */
export function jsonBody(): (RequestHandler | ErrorRequestHandler)[] {
  return [express.json({ limit: '64kb' }), withoutBody];
}
