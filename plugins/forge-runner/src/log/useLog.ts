import type { LogPart } from '@waymark/plugin-forge-runner-common';
import { useEffect, useState } from 'react';

/** Milliseconds between two looks at a log that grows. */
const PAUSE_MS = 1000;

/** More characters than these are not kept on the page. */
const MAX_LENGTH = 1_000_000;

/** Colours and the like, which terminals understand. */
const ESCAPES = new RegExp(
  `${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`,
  'g',
);

interface ShownLog {
  text: string;
  /** Whether the beginning is left out. */
  isCut: boolean;
  isComplete: boolean;
  error?: unknown;
}

/**
 * A log, followed until it is complete.
 *
 * @param load - the same function as long as it is the same log
 * @param fromStart - whether from its beginning; else from near its end
 */
export function useLog(
  load: (from: number | undefined, signal: AbortSignal) => Promise<LogPart>,
  fromStart: boolean,
): ShownLog | undefined {
  const [shown, setShown] = useState<ShownLog>();
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let text = '';
    let isCut = false;
    setShown(undefined);

    const fail = (error: unknown) => {
      if (!signal.aborted) {
        setShown({ text, isCut, isComplete: true, error });
      }
    };
    const look = async (from: number | undefined) => {
      const part = await load(from, signal);
      if (signal.aborted) {
        return;
      }
      isCut ||= text === '' && part.start > 0;
      text += part.text.replace(ESCAPES, '');
      if (text.length > MAX_LENGTH) {
        text = text.slice(-MAX_LENGTH);
        isCut = true;
      }
      setShown({ text, isCut, isComplete: part.complete });
      if (!part.complete) {
        // At once, while there is more
        const pause = part.text ? 0 : PAUSE_MS;
        timer = setTimeout(() => look(part.next).catch(fail), pause);
      }
    };
    look(fromStart ? 0 : undefined).catch(fail);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [load, fromStart]);
  return shown;
}
