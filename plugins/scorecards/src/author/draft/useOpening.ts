import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { describeError, useAddress } from '@waymark/ui';
import { useCallback, useEffect, useRef, useState } from 'react';
import { toYaml } from './toYaml';
import type { Draft } from './useDraft';

/** More than the backend takes. */
const MAX_BYTES = 256 * 1024;

/** In front of the name in a ref; addresses leave it out. */
const KIND = 'scorecard:';

const refOf = (name: string): string | undefined => {
  try {
    return stringifyEntityRef(
      parseEntityRef(name, { defaultKind: 'scorecard' }),
    );
  } catch {
    return undefined;
  }
};

/**
 * Opens files and published scorecards; the latter are in the address, so that they
 * can be linked to. What is open already is left as it is.
 */
export function useOpening(options: {
  draft: Draft;
  open: (next: { text: string; origin?: string }) => void;
}): {
  /** The published one that is open. */
  scorecardRef?: string;
  problem?: string;
  openScorecard: (scorecardRef: string) => void;
  openFile: (file: File) => Promise<void>;
  openText: (text: string) => void;
  /** The address follows what is open; nothing is opened. */
  follow: (origin: string | undefined) => void;
} {
  const { draft, open } = options;
  const catalogApi = useApi(catalogApiRef);
  const [query, change] = useAddress();
  const name = query.get('scorecard');
  const scorecardRef = name ? refOf(name) : undefined;
  const [problem, setProblem] = useState<string>();
  const latest = useRef({ origin: draft.origin, open });
  latest.current = { origin: draft.origin, open };

  useEffect(() => {
    if (!name || (scorecardRef && latest.current.origin === scorecardRef)) {
      return undefined;
    }
    let isCurrent = true;
    const fail = (reason: string) =>
      isCurrent && setProblem(`The scorecard is not opened: ${reason}`);
    setProblem(undefined);
    if (!scorecardRef) {
      fail(`${name} is not the name of one`);
      return undefined;
    }
    catalogApi
      .getEntityByRef(scorecardRef)
      .then(entity => entity && toYaml(entity))
      .then(
        text => {
          if (text === undefined) {
            fail(`there is no ${name} that you may see`);
          } else if (isCurrent) {
            latest.current.open({ text, origin: scorecardRef });
          }
        },
        error => fail(describeError(error)),
      );
    return () => {
      isCurrent = false;
    };
  }, [catalogApi, name, scorecardRef]);

  const openText = useCallback(
    (text: string, origin?: string) => {
      setProblem(undefined);
      open({ text, origin });
      change({ scorecard: undefined });
    },
    [open, change],
  );
  return {
    scorecardRef,
    problem,
    openText,
    openScorecard: ref =>
      change({ scorecard: ref.slice(KIND.length) }, { isStep: true }),
    follow: origin =>
      change({
        scorecard: origin?.startsWith(KIND)
          ? origin.slice(KIND.length)
          : undefined,
      }),
    openFile: async file => {
      if (file.size > MAX_BYTES) {
        setProblem(`${file.name} is too large for a scorecard.`);
        return;
      }
      try {
        openText(await file.text(), file.name);
      } catch (error) {
        setProblem(`${file.name} cannot be read: ${describeError(error)}`);
      }
    },
  };
}
