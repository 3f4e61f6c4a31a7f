import type { Readable } from 'node:stream';

/**
 * A call may be answered before all of it was there, such as one that is too
 * large. What is left has to be read, or its connection would be stuck.
 *
 * @returns reads and forgets what is left
 */
export function unreadRest(request: Readable): () => void {
  // Whoever stops reading it must not destroy it
  request[Symbol.asyncIterator] = () => request.iterator({ destroyOnReturn: false });
  return () => void request.resume();
}
