import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import type {
  EntityScorecard,
  EntityScorecards,
} from '@waymark/plugin-scorecards-common';
import { useLoaded } from '@waymark/ui';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { scorecardsApiRef } from '../api';

/** Where there is something to do comes first. */
function inOrder(answer: EntityScorecards): EntityScorecards {
  const rank = ({ nextSteps }: EntityScorecard) => (nextSteps ? 0 : 1);
  return {
    ...answer,
    scorecards: [...answer.scorecards].sort((a, b) => rank(a) - rank(b)),
  };
}

/** What is new is judged within half a minute. */
const ASK_AGAIN_MS = 5_000;

/**
 * How the entity of the page stands; asks again until what is new has been judged.
 *
 * @param asOf - a day, or a time with a zone, of the past
 * @returns `replace`: for an answer that came with something else
 */
export function useEntityScorecards(asOf?: string): {
  entityRef: string;
  value?: EntityScorecards;
  error?: unknown;
  retry: () => void;
  replace: (value: EntityScorecards) => void;
} {
  const client = useApi(scorecardsApiRef);
  const entityRef = stringifyEntityRef(useEntity().entity);
  const [given, replace] = useState<EntityScorecards>();
  const { value, error, retry } = useLoaded(
    useCallback(
      async signal => ({
        asked: asOf,
        answer: await client.getEntityScorecards(
          { entityRef, asOf },
          { signal },
        ),
      }),
      [client, entityRef, asOf],
    ),
    { keep: true },
  );
  // What was asked before is shown while the same is read again, and never instead
  // of something else
  const answer =
    value?.asked === asOf && value?.answer.entityRef === entityRef
      ? value.answer
      : undefined;
  const isNewer =
    asOf === undefined &&
    given?.entityRef === entityRef &&
    (!answer || given.asOf > answer.asOf);
  const shown = isNewer ? given : answer;
  useEffect(() => {
    if (!shown?.pending) {
      return undefined;
    }
    const timer = setTimeout(retry, ASK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [shown, retry]);
  return {
    entityRef,
    value: useMemo(() => shown && inOrder(shown), [shown]),
    error,
    retry,
    replace,
  };
}
