import type { ConfigApi } from '@backstage/frontend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** What the page shows to those who have not arranged it. */
export interface Layout {
  /** Names of widgets in the order of the page; all others follow. */
  widgets: string[];
  /** Names of widgets that are there to be added, but not shown. */
  hidden: string[];
}

/** For everybody, unless `home.layouts` says otherwise. */
const STOCK: Layout = {
  widgets: [
    'home/search',
    'home/guided-start',
    'home/owned',
    'scorecards/next-steps',
    'scorecards/team',
    'home/recently-visited',
    'home/starred-entities',
    'home/create',
  ],
  hidden: [],
};

/** As the catalog spells it; nothing for what is no reference: nobody is in it. */
function toGroupRef(text: string): string | undefined {
  try {
    return stringifyEntityRef(parseEntityRef(text, { defaultKind: 'group' }));
  } catch {
    return undefined;
  }
}

/** Whether it matters for the page to which groups its reader belongs. */
export function asksForGroups(configApi: ConfigApi): boolean {
  return (configApi.getOptionalConfigArray('home.layouts') ?? []).some(entry =>
    entry.has('groups'),
  );
}

/** The first layout of `home.layouts` that is for one of these groups. */
export function readLayout(configApi: ConfigApi, groups: string[]): Layout {
  for (const entry of configApi.getOptionalConfigArray('home.layouts') ?? []) {
    const wanted = entry.getOptionalStringArray('groups')?.map(toGroupRef);
    if (!wanted || wanted.some(ref => ref && groups.includes(ref))) {
      return {
        widgets: entry.getOptionalStringArray('widgets') ?? STOCK.widgets,
        hidden: entry.getOptionalStringArray('hidden') ?? [],
      };
    }
  }
  return STOCK;
}
