import {
  entitiesOfKind,
  EntityFilter,
  GroupTree,
  readDomains,
} from '@waymark/backend-support';
import { HeatmapReport } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';

/**
 * The rows of a report over groups, systems or domains.
 *
 * @internal
 */
export interface Places {
  /** Of `subjects`: what it is that has places. */
  column: 'subjects.owner_ref' | 'subjects.system_ref';
  /** In which rows what belongs to this owner, or to this system, counts. */
  of(ref: string | undefined): (string | undefined)[];
  title(ref: string): string | undefined;
  parent(ref: string): string | undefined;
}

/**
 * Titles and relations of the rows, as far as the caller may read those.
 *
 * @param options - `within`: of groups, only this one and those below it
 * @internal
 */
export async function readPlaces(options: {
  by: HeatmapReport['by'];
  filter: EntityFilter;
  knex: Knex;
  within?: string;
}): Promise<Places> {
  const { by, filter, knex, within } = options;
  switch (by) {
    case 'group': {
      const groups = await GroupTree.read(knex, filter);
      return {
        column: 'subjects.owner_ref',
        // People are not compared: what belongs to one of them is in no row
        of: ref =>
          ref?.startsWith('group:')
            ? upTo(groups.upwards(ref), within)
            : [undefined],
        title: ref => groups.title(ref),
        parent: ref => groups.parent(ref),
      };
    }
    case 'system': {
      const titles = await readTitles(knex, filter, 'system');
      return {
        column: 'subjects.system_ref',
        of: ref => [ref],
        title: ref => titles.get(ref),
        parent: () => undefined,
      };
    }
    default: {
      const [titles, domains] = await Promise.all([
        readTitles(knex, filter, 'domain'),
        readDomains(knex, filter),
      ]);
      return {
        column: 'subjects.system_ref',
        of: ref => [ref && domains.get(ref)],
        title: ref => titles.get(ref),
        parent: () => undefined,
      };
    }
  }
}

/** A list until one of its members, or all of it. */
function upTo(refs: string[], last: string | undefined): string[] {
  const index = refs.findIndex(ref => ref === last);
  return index < 0 ? refs : refs.slice(0, index + 1);
}

async function readTitles(
  knex: Knex,
  filter: EntityFilter,
  kind: string,
): Promise<Map<string, string>> {
  const query = entitiesOfKind({ knex, tables: filter.tables, kind })
    .whereNotNull('subjects.title')
    .select<{ ref: string; title: string }[]>('subjects.ref', 'subjects.title');
  filter(query, 'subjects.id');
  return new Map((await query).map(({ ref, title }) => [ref, title]));
}
