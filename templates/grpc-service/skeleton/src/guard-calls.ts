import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { inSteps } from './call-steps.ts';

/**
 * Ends a call at its deadline even if what answers it does not look at
 * `context.signal`, and keeps what went wrong inside from the caller.
 */
export function guardCalls(options: { unaryTimeoutMs: number }): Interceptor {
  return next => request => {
    const signal = request.stream
      ? request.signal
      : AbortSignal.any([request.signal, AbortSignal.timeout(options.unaryTimeoutMs)]);
    return inSteps({
      next,
      request: { ...request, signal },
      steps: {
        around: async step => {
          try {
            return await unlessAborted(signal, step);
          } catch (error) {
            throw toConnectError(error);
          }
        },
      },
    });
  };
}

/** What a caller is told: an error meant for callers as it is, of any other only that there was one. */
export function toConnectError(error: unknown): ConnectError {
  if (error instanceof ConnectError) {
    return error;
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new ConnectError('The call took too long.', Code.DeadlineExceeded);
  }
  return new ConnectError('The call could not be answered.', Code.Internal, undefined, undefined, error);
}

async function unlessAborted<T>(signal: AbortSignal, step: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([step(), aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
