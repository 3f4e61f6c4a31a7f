import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';
import { goldenPathApiRef } from '../api';
import { describeMalformedName } from './nameRules';

/** How long typing has to pause before the backend is asked, in milliseconds. */
const TYPING_PAUSE = 350;

/**
 * What is known about a name.
 *
 * @internal
 */
export type NameCheck =
  | { state: 'empty' | 'checking' | 'free' | 'unknown' }
  | { state: 'invalid'; message: string };

/**
 * Follows a name while it is typed: its shape at once, its freedom in the
 * catalog and on the host once typing pauses.
 *
 * @internal
 */
export function useNameCheck(options: {
  name: string;
  owner?: string;
}): NameCheck {
  const { name, owner } = options;
  const goldenPathApi = useApi(goldenPathApiRef);
  const malformed = name === '' ? undefined : describeMalformedName(name);

  const question = JSON.stringify([name, owner]);
  const [answer, setAnswer] = useState<{ to: string; check: NameCheck }>();

  useEffect(() => {
    if (name === '' || malformed) {
      return undefined;
    }
    const controller = new AbortController();
    const answered = (check: NameCheck) => {
      if (!controller.signal.aborted) {
        setAnswer({ to: question, check });
      }
    };
    const timer = setTimeout(() => {
      goldenPathApi.check({ name, owner }, { signal: controller.signal }).then(
        ({ errors }) => {
          const error = errors.find(({ field }) => field === 'name');
          answered(
            error
              ? { state: 'invalid', message: error.message }
              : { state: 'free' },
          );
        },
        () => answered({ state: 'unknown' }),
      );
    }, TYPING_PAUSE);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [goldenPathApi, name, owner, malformed, question]);

  if (name === '') {
    return { state: 'empty' };
  }
  if (malformed) {
    return { state: 'invalid', message: malformed };
  }
  return answer?.to === question ? answer.check : { state: 'checking' };
}
