import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { JsonValue } from '@backstage/types';
import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * What was last known, for the first look at the page: what the backend keeps
 * arrives too late for it, and the page would jump.
 */
function readMirror(mirrorKey: string): JsonValue | undefined {
  try {
    return JSON.parse(window.localStorage.getItem(mirrorKey) ?? 'null');
  } catch {
    return undefined;
  }
}

function writeMirror(mirrorKey: string, value: JsonValue | undefined) {
  try {
    window.localStorage.setItem(mirrorKey, JSON.stringify(value ?? {}));
  } catch {
    // Full or forbidden: the page waits for the backend the next time
  }
}

/**
 * Something that the reader has decided about the home page. The storage keeps it
 * per person, so that it is there in the next browser too.
 *
 * `value` is undefined until it is known. `save` rejects when it could not be kept.
 */
export function usePersonal<T extends JsonValue>(options: {
  key: string;
  userEntityRef: string;
  /** Makes the best of what was stored, by an earlier version too. */
  parse: (stored: unknown) => T;
}): { value?: T; save: (value: T) => Promise<void> } {
  const { key, userEntityRef, parse } = options;
  const storage = useApi(storageApiRef).forBucket('home');
  const mirrorKey = `waymark.home.${key}:${userEntityRef}`;
  const [value, setValue] = useState<T | undefined>(() => {
    const mirrored = readMirror(mirrorKey);
    return mirrored ? parse(mirrored) : undefined;
  });

  // While something is being stored, older answers must not undo it on the page
  const storing = useRef(0);
  const last = useRef<Promise<void>>(Promise.resolve());

  const take = useCallback(
    (stored: JsonValue | undefined) => {
      if (storing.current > 0) {
        return;
      }
      writeMirror(mirrorKey, stored);
      const next = parse(stored);
      // The same once more is no reason to draw the page again
      setValue(current =>
        JSON.stringify(current) === JSON.stringify(next) ? current : next,
      );
    },
    [mirrorKey, parse],
  );

  useEffect(() => {
    const snapshot = storage.snapshot<JsonValue>(key);
    if (snapshot.presence !== 'unknown') {
      take(snapshot.value);
    }
    const subscription = storage
      .observe$<JsonValue>(key)
      .subscribe(({ value: stored, presence }) => {
        if (presence !== 'unknown') {
          take(stored);
        }
      });
    return () => subscription.unsubscribe();
  }, [storage, key, take]);

  const save = useCallback(
    (next: T) => {
      // At once for the reader; it holds for this visit even if it cannot be kept
      setValue(next);
      writeMirror(mirrorKey, next);
      storing.current++;
      const stored = last.current
        .then(() => storage.set(key, next))
        .finally(() => storing.current--);
      last.current = stored.catch(() => undefined);
      return stored;
    },
    [storage, key, mirrorKey],
  );
  return { value, save };
}
