import { serializeError } from '@backstage/errors';
import { ErrorRequestHandler } from 'express';
import { statusOf } from './statusOf';

/**
 * Answers with an error in the shape that clients of Gitea read (`message`) and
 * in the one that clients of Backstage read (`error`). What is a fault of the
 * forge itself is left to Backstage's own handler, which logs and hides it.
 *
 * @internal
 */
export function giteaErrors(): ErrorRequestHandler {
  return (error, req, res, next) => {
    const statusCode = statusOf(error);
    if (res.headersSent || statusCode >= 500) {
      next(error);
      return;
    }
    res.status(statusCode).json({
      message: error.message,
      url: '',
      error: serializeError(error, { includeStack: false }),
      request: { method: req.method, url: req.originalUrl },
      response: { statusCode },
    });
  };
}
