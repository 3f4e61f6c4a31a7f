import { vi } from 'vitest';

/** A request the page made. */
export interface Asked {
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * Stands in for the network.
 *
 * @param answers - by address, in turn; the last one stays. An Error is no answer at all
 * @returns what was asked, as it comes
 */
export function fakeService(answers: Record<string, (Response | Error)[]>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', (url: string, { headers, body }: RequestInit = {}): Promise<Response> => {
    asked.push({ url, headers: new Headers(headers), body: typeof body === 'string' ? JSON.parse(body) : undefined });
    const queue = answers[url] ?? [new Response(null, { status: 404 })];
    const answer = queue.length > 1 ? queue.shift()! : queue[0]!;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer.clone());
  });
  return asked;
}
