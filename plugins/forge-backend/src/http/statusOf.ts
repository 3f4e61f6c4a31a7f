/**
 * The HTTP status of an error: its own, or that of its kind.
 *
 * @internal
 */
export function statusOf(error: unknown): number {
  const { name, statusCode, status } = error as {
    name?: string;
    statusCode?: unknown;
    status?: unknown;
  };
  for (const own of [statusCode, status]) {
    if (typeof own === 'number' && own >= 400 && own <= 599) {
      return own;
    }
  }
  switch (name) {
    case 'InputError':
      return 400;
    case 'AuthenticationError':
      return 401;
    case 'NotAllowedError':
      return 403;
    case 'NotFoundError':
      return 404;
    case 'ConflictError':
      return 409;
    case 'ServiceUnavailableError':
      return 503;
    default:
      return 500;
  }
}
