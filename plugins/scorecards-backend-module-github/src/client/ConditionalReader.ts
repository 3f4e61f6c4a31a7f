import {
  ForwardedError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import { rateLimitOf } from './rateLimitOf';

const TIMEOUT_MS = 20_000;

/** What is remembered of each address: its etag, and what mattered of the answer. */
const memorySchema = z.record(
  z.string(),
  z.object({ etag: z.string(), value: z.unknown() }),
);
type Memory = z.infer<typeof memorySchema>;

interface ConditionalReaderOptions {
  /** Of the API. */
  baseUrl: string;
  headers: { [name: string]: string };
  signal: AbortSignal;
  /** What {@link ConditionalReader.state} was the last time. */
  state: string | undefined;
}

/**
 * Reads from GitHub's REST API, asking only whether what is remembered has
 * changed: that costs nothing of the limit of requests.
 *
 * @internal
 */
export class ConditionalReader {
  readonly #options: ConditionalReaderOptions;
  readonly #before: Memory;
  readonly #after: Memory = {};
  #changed = false;

  constructor(options: ConditionalReaderOptions) {
    this.#options = options;
    this.#before = options.state
      ? memorySchema.parse(JSON.parse(options.state))
      : {};
  }

  /** What to remember for the next time. */
  get state(): string {
    return JSON.stringify(this.#after);
  }

  /** Whether anything that was read, or what was read, has changed. */
  get changed(): boolean {
    return (
      this.#changed ||
      Object.keys(this.#before).length !== Object.keys(this.#after).length
    );
  }

  /**
   * @param schema - keeps what matters
   * @throws NotFoundError, NotAllowedError with the message of GitHub,
   * RateLimitError, ServiceUnavailableError
   */
  async read<T extends z.ZodType>(
    path: string,
    schema: T,
  ): Promise<z.infer<T>> {
    const { baseUrl, headers, signal } = this.#options;
    const before = this.#before[path];
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${baseUrl}${path}`, {
        headers: {
          ...headers,
          accept: 'application/vnd.github+json',
          ...(before && { 'if-none-match': before.etag }),
        },
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      text = await response.text();
    } catch (error) {
      signal.throwIfAborted();
      throw new ForwardedError('GitHub does not answer', error);
    }
    if (response.status === 304 && before) {
      this.#after[path] = before;
      return before.value as z.infer<T>;
    }
    this.#changed = true;
    if (!response.ok) {
      throw errorOf(response, text, path);
    }
    const value = schema.parse(JSON.parse(text));
    const etag = response.headers.get('etag');
    if (etag) {
      this.#after[path] = { etag, value };
    }
    return value;
  }
}

function errorOf(response: Response, text: string, path: string): Error {
  const { status } = response;
  const message = messageIn(text);
  const said = `GitHub answers ${status} for ${path}: ${message}`;
  const limit = rateLimitOf(response, message);
  if (limit) {
    return limit;
  }
  if (status === 404) {
    return new NotFoundError(
      `${said} (not there, or not to be seen with these credentials)`,
    );
  }
  return status < 500
    ? new NotAllowedError(said)
    : new ServiceUnavailableError(said);
}

function messageIn(text: string): string {
  try {
    return String(JSON.parse(text).message);
  } catch {
    return 'nothing that can be read';
  }
}
