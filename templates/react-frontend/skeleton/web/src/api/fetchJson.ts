import { traceparent } from './trace.ts';

const timeoutMs = 10_000;

/**
 * Asks for JSON, within ten seconds and as a part of the page's trace.
 *
 * @throws Error in words for the reader, when there is no answer or a wrong one
 */
export async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/json', traceparent: traceparent() },
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  }).catch((error: unknown) => {
    throw new Error('There is no connection, or no answer in time.', { cause: error });
  });
  if (!response.ok) {
    throw new Error(`The answer was ${response.status}.`);
  }
  return response.json().catch((error: unknown) => {
    throw new Error('The answer could not be read.', { cause: error });
  });
}
