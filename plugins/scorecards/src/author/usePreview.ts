import { useApi } from '@backstage/frontend-plugin-api';
import type { PreviewResponse } from '@waymark/plugin-scorecards-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { scorecardsApiRef } from '../api';

/** What became of the last preview, and what it was of. */
export type Preview =
  | { step: 'none' }
  | { step: 'running' }
  | { step: 'done'; text: string; value: PreviewResponse }
  | { step: 'failed'; text: string; error: unknown };

/** Asks how a scorecard would come out; one question at a time. */
export function usePreview(): {
  preview: Preview;
  start: (text: string) => void;
  cancel: () => void;
} {
  const client = useApi(scorecardsApiRef);
  const [preview, setPreview] = useState<Preview>({ step: 'none' });
  const running = useRef<AbortController>();
  const cancel = useCallback(() => {
    running.current?.abort();
    running.current = undefined;
    setPreview({ step: 'none' });
  }, []);
  useEffect(() => () => running.current?.abort(), []);

  const start = useCallback(
    async (text: string) => {
      // The backend looks at one of each reader at a time
      if (running.current) {
        return;
      }
      const abort = new AbortController();
      running.current = abort;
      setPreview({ step: 'running' });
      let next: Preview;
      try {
        const value = await client.previewScorecard(
          { scorecard: text },
          { signal: abort.signal },
        );
        next = { step: 'done', text, value };
      } catch (error) {
        next = { step: 'failed', text, error };
      }
      if (!abort.signal.aborted) {
        running.current = undefined;
        setPreview(next);
      }
    },
    [client],
  );
  return { preview, start, cancel };
}
