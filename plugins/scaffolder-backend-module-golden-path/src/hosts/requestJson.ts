import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';

/** A host that is silent for longer counts as gone. */
const TIMEOUT_MS = 30_000;

/** Of a host's answer, only the beginning is shown to people. */
const MAX_MESSAGE_LENGTH = 300;

/** No answer read here is longer than a few kilobytes. */
const MAX_ANSWER_BYTES = 1024 * 1024;

const messageSchema = z.object({
  message: z.string(),
  // Where GitHub says what is wrong, after a message that does not
  errors: z
    .array(
      z.union([
        z.string(),
        z.object({ message: z.string() }).transform(error => error.message),
        z.object({}).transform(() => undefined),
      ]),
    )
    .optional()
    .catch(undefined),
});

/**
 * An answer that is neither a success nor a 404 that counts as one.
 *
 * @internal
 */
export interface Refusal {
  status: number;
  headers: Headers;
  /** What the host said, shortened; empty when it said nothing. */
  said: string;
  /** The same, with the host and the request, for people. */
  message: string;
}

/**
 * One request to a host's REST API, with the answer checked against a schema
 * and every failure turned into an error that says which host and what to do.
 *
 * @internal
 */
export async function requestJson<T>(options: {
  host: string;
  /** Where the address and the credentials of the host are configured. */
  hint: string;
  method: string;
  url: string;
  /** The request in words for messages, free of credentials. */
  label: string;
  headers: Record<string, string>;
  body?: unknown;
  schema?: z.ZodType<T>;
  /** Whether a 404 is an answer rather than an error. */
  notFound?: 'undefined';
  /** Knows better what a refusal means; undefined when it does not. */
  explain?: (refusal: Refusal) => Error | undefined;
  signal?: AbortSignal;
}): Promise<T | undefined> {
  const { host, hint, label, schema, explain, signal } = options;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);

  let response: Response;
  let text: string;
  try {
    response = await fetch(options.url, {
      method: options.method,
      headers: {
        accept: 'application/json',
        ...options.headers,
        ...(options.body === undefined
          ? {}
          : { 'content-type': 'application/json' }),
      },
      body:
        options.body === undefined ? undefined : JSON.stringify(options.body),
      // A redirect could carry the credentials elsewhere
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    text = await readBounded(response);
  } catch (error) {
    if (signal?.aborted) {
      throw new Error(`${label} on ${host} was cancelled`);
    }
    throw new ServiceUnavailableError(
      `${host} did not answer ${label}: ${describe(
        error,
      )}. Check that it is up, and ${hint}`,
    );
  }

  if (response.status === 404 && options.notFound) {
    return undefined;
  }
  if (!response.ok) {
    const refusal = readRefusal({ host, label, response, text });
    throw explain?.(refusal) ?? failure(refusal, hint);
  }
  if (!schema) {
    return undefined;
  }

  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ServiceUnavailableError(
      `${host} answered ${label} with something else than expected (${
        issue.path.join('.') || 'body'
      }: ${issue.message}). Check the baseUrl in ${hint}`,
    );
  }
  return parsed.data;
}

async function readBounded(response: Response): Promise<string> {
  if (!response.body) {
    return '';
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER_BYTES) {
      throw new Error('the answer is too large');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readRefusal(options: {
  host: string;
  label: string;
  response: Response;
  text: string;
}): Refusal {
  const { host, label, response, text } = options;
  const parsed = messageSchema.safeParse(parseJson(text));
  const said = parsed.success
    ? [parsed.data.message, ...(parsed.data.errors ?? [])]
        .filter(Boolean)
        .join('; ')
        .slice(0, MAX_MESSAGE_LENGTH)
    : '';
  return {
    status: response.status,
    headers: response.headers,
    said,
    message: `${host} answered ${label} with ${response.status}${
      said && `: ${said}`
    }`,
  };
}

function failure({ status, message }: Refusal, hint: string): Error {
  switch (status) {
    case 400:
    case 422:
      return new InputError(message);
    case 401:
    case 403:
      return new NotAllowedError(
        `${message}. Check the credentials and their rights in ${hint}`,
      );
    case 404:
      return new NotFoundError(message);
    case 409:
      return new ConflictError(message);
    default:
      return new ServiceUnavailableError(
        status >= 300 && status < 400
          ? `${message}. Set the final address in ${hint}`
          : message,
      );
  }
}

/** `fetch` hides the reason of a failure in the cause of its error. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) {
    return 'unknown reason';
  }
  if (error.name === 'TimeoutError') {
    return `nothing for ${TIMEOUT_MS / 1000} seconds`;
  }
  const { cause } = error;
  if (cause instanceof Error) {
    return 'code' in cause && typeof cause.code === 'string'
      ? cause.code
      : cause.message;
  }
  return error.message;
}
