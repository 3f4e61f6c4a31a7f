const TIMEOUT_MS = 2000;

/** Where a service says whether it can take requests. */
export const READY_PATH = '/readyz';

/**
 * Asks a service whether it is ready.
 *
 * @returns undefined when it is, else what it answered, for people
 * @internal
 */
export async function probe(port: number): Promise<string | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${READY_PATH}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.ok
      ? undefined
      : `${READY_PATH} answered ${response.status}`;
  } catch {
    return `${READY_PATH} did not answer`;
  }
}
