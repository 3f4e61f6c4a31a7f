import { DiscoveryService } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotImplementedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';

/** The backend looks things up by key; a request that takes longer hangs. */
const TIMEOUT_MS = 10_000;

const failureSchema = z.object({ error: z.object({ message: z.string() }) });

/**
 * One request to the CI credentials backend. Its refusals are thrown with their
 * reasons; that it cannot be asked is no refusal.
 *
 * @throws NotImplementedError when there is no such backend
 * @throws ServiceUnavailableError when it does not answer as it should
 * @internal
 */
export async function askBackend<T>(options: {
  discovery: DiscoveryService;
  method: 'GET' | 'POST';
  path: string;
  token?: string;
  body?: object;
  schema: z.ZodType<T>;
}): Promise<T> {
  const { discovery, method, path, token, body, schema } = options;
  let status: number;
  let answer: unknown;
  try {
    const baseUrl = await discovery.getBaseUrl('ci-credentials');
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : undefined,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    status = response.status;
    answer = await readJson(response);
  } catch (error) {
    // Without the cause: it may hold the request, and that the token
    throw new ServiceUnavailableError(
      `The CI credentials backend cannot be asked now: ${
        error instanceof Error ? error.message : 'unknown error'
      }`,
    );
  }

  // The portal's frontend answers addresses that nobody else has with its page
  if (status === 404 || answer === undefined) {
    throw new NotImplementedError(
      'This portal has no CI credentials backend, see @waymark/plugin-ci-credentials-backend',
    );
  }
  if (status >= 400) {
    throw failure(status, answer);
  }
  const parsed = schema.safeParse(answer);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ServiceUnavailableError(
      `The CI credentials backend answered something unexpected (${issue.path.join(
        '.',
      )}: ${issue.message})`,
    );
  }
  return parsed.data;
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return type.includes('json') ? JSON.parse(text) : undefined;
}

function failure(status: number, answer: unknown): Error {
  const said = failureSchema.safeParse(answer);
  const message = said.success
    ? said.data.error.message
    : `The CI credentials backend answered with ${status}`;
  switch (status) {
    case 400:
      return new InputError(message);
    case 401:
      return new AuthenticationError(message);
    case 403:
      return new NotAllowedError(message);
    case 409:
      return new ConflictError(message);
    case 503:
      return new ServiceUnavailableError(message);
    default:
      return new ServiceUnavailableError(
        `The CI credentials backend cannot answer now (${status})`,
      );
  }
}
