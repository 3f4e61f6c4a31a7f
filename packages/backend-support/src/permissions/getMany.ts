import { createDeferred } from '@backstage/types';
import { ExpiringCache } from './ExpiringCache';

/**
 * Remembered answers, and one question for all that are not remembered.
 *
 * @param options - `keyOf`: under which an answer is remembered
 * @returns by item
 * @public
 */
export async function getMany<T>(options: {
  cache: ExpiringCache<T>;
  items: readonly string[];
  keyOf(item: string): string;
  load(items: string[]): Promise<Map<string, T>>;
}): Promise<Map<string, T>> {
  const { cache, items, keyOf, load } = options;
  const missing: string[] = [];
  const loaded = createDeferred<Map<string, T>>();
  const answers = items.map(async item => {
    const answer = await cache.get(keyOf(item), () => {
      missing.push(item);
      return loaded.then(found => found.get(item)!);
    });
    return [item, answer] as const;
  });
  if (missing.length > 0) {
    load(missing).then(loaded.resolve, loaded.reject);
  }
  return new Map(await Promise.all(answers));
}
