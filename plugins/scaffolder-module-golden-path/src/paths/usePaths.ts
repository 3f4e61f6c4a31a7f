import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { goldenPathApiRef } from '../api';
import { compareTemplates } from './compareTemplates';
import { describePath, type Path } from './describePath';

/** What of a template is shown; the rest of it may be long. */
const FIELDS = [
  'kind',
  'metadata',
  'relations',
  'spec.goldenPath',
  'spec.owner',
  'spec.parameters',
  'spec.steps',
  'spec.type',
];

/** As many at a time as the catalog gives. */
const PAGE = 200;

/**
 * The templates that the reader may see, in the order in which they are offered.
 *
 * @internal
 */
export function usePaths(isShown?: (template: Entity) => boolean): {
  value?: Path[];
  error?: unknown;
  retry: () => void;
} {
  const catalogApi = useApi(catalogApiRef);
  const goldenPathApi = useApi(goldenPathApiRef);
  return useLoaded(
    useCallback(async () => {
      const templates: Entity[] = [];
      let cursor: string | undefined;
      do {
        const { items, pageInfo } = await catalogApi.queryEntities(
          cursor
            ? { cursor, fields: FIELDS, limit: PAGE }
            : { filter: { kind: 'Template' }, fields: FIELDS, limit: PAGE },
        );
        templates.push(...items);
        cursor = pageInfo.nextCursor;
      } while (cursor);

      const shown = isShown ? templates.filter(isShown) : templates;
      // The page without it is better than none
      const durations =
        shown.length > 0
          ? await goldenPathApi
              .getUsualDurations(
                shown.slice(0, PAGE).map(item => stringifyEntityRef(item)),
              )
              .catch(() => [])
          : [];
      const usual = new Map(durations.map(item => [item.templateRef, item]));
      return shown
        .sort(compareTemplates)
        .map(item => describePath(item, usual.get(stringifyEntityRef(item))));
    }, [catalogApi, goldenPathApi, isShown]),
  );
}
