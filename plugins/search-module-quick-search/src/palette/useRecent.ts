import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { plain, textOf, type Found, type FoundDetail } from '../results/Found';

const KEY = 'recent';
const MOST = 6;

type Kept = {
  key: string;
  sort: string;
  title: string;
  to: string;
  details: FoundDetail[];
};

/** What the reader opened from here before, the last first. */
export function useRecent(): {
  recent: Found[];
  remember: (found: Found) => void;
} {
  const storageApi = useApi(storageApiRef);
  const bucket = useMemo(
    () => storageApi.forBucket('quick-search'),
    [storageApi],
  );
  const [kept, setKept] = useState<Kept[]>(
    () => bucket.snapshot<Kept[]>(KEY).value ?? [],
  );

  useEffect(() => {
    const subscription = bucket
      .observe$<Kept[]>(KEY)
      .subscribe(({ value }) => setKept(value ?? []));
    return () => subscription.unsubscribe();
  }, [bucket]);

  const remember = useCallback(
    ({ key, sort, title, to, details }: Found) => {
      const entry = { key, sort, title: textOf(title), to, details };
      const rest = kept.filter(other => other.to !== to);
      // Not being able to remember is no reason not to open
      bucket.set(KEY, [entry, ...rest].slice(0, MOST)).catch(() => undefined);
    },
    [bucket, kept],
  );

  const recent = useMemo(
    () =>
      kept.map(
        ({ title, ...entry }): Found => ({
          ...entry,
          group: 'recent',
          title: plain(title),
          text: [],
          isDeprecated: false,
        }),
      ),
    [kept],
  );
  return { recent, remember };
}
