import { discoveryApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';
import { z } from 'zod/v4';

const answerSchema = z.object({
  people: z.array(
    z.object({
      userEntityRef: z.string(),
      title: z.string(),
      description: z.string().optional(),
      displayName: z.string(),
      picture: z.string().optional(),
    }),
  ),
});

/** One of the sample people that can be chosen. */
export type Person = z.infer<typeof answerSchema>['people'][number];

/** Those whom one can sign in as; `undefined` until the portal has told. */
export function usePeople(options: { onError: (error: Error) => void }): {
  people: Person[] | undefined;
} {
  const { onError } = options;
  const discovery = useApi(discoveryApiRef);
  const [people, setPeople] = useState<Person[]>();

  useEffect(() => {
    const abort = new AbortController();
    const load = async () => {
      const address = await discovery.getBaseUrl('auth');
      // Not the fetch API: it waits for somebody to be signed in
      const response = await fetch(`${address}/personas/people`, {
        signal: abort.signal,
      });
      if (!response.ok) {
        throw new Error(
          `The portal does not say who the sample people are (${response.status}).`,
        );
      }
      setPeople(answerSchema.parse(await response.json()).people);
    };
    load().catch(error => {
      if (!abort.signal.aborted) {
        onError(error);
      }
    });
    return () => abort.abort();
  }, [discovery, onError]);

  return { people };
}
