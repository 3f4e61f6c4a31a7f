import { HeatmapReport } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { GroupTree } from '../permissions/GroupTree';
import { SubjectFilter } from '../permissions/SubjectFilter';
import { readDomains } from '../selection/readDomains';
import { subjectsOfKind } from '../selection/subjectsOfKind';

/**
 * The rows of a heatmap.
 *
 * @internal
 */
export interface Places {
  /** In which rows what belongs to this owner, or to this system, counts. */
  of(ref: string | undefined): (string | undefined)[];
  title(ref: string): string | undefined;
  parent(ref: string): string | undefined;
}

/**
 * Titles and relations of the rows, as far as the caller may read those.
 *
 * @internal
 */
export async function readPlaces(options: {
  by: HeatmapReport['by'];
  filter: SubjectFilter;
  knex: Knex;
}): Promise<Places> {
  const { by, filter, knex } = options;
  switch (by) {
    case 'group': {
      const groups = await GroupTree.read(knex, filter);
      return {
        // People are not compared: what belongs to one of them is in no row
        of: ref =>
          ref?.startsWith('group:') ? groups.upwards(ref) : [undefined],
        title: ref => groups.title(ref),
        parent: ref => groups.parent(ref),
      };
    }
    case 'system': {
      const titles = await readTitles(knex, filter, 'system');
      return {
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
        of: ref => [ref && domains.get(ref)],
        title: ref => titles.get(ref),
        parent: () => undefined,
      };
    }
  }
}

async function readTitles(
  knex: Knex,
  filter: SubjectFilter,
  kind: string,
): Promise<Map<string, string>> {
  const query = subjectsOfKind(knex, kind)
    .whereNotNull('subjects.title')
    .select<{ ref: string; title: string }[]>('subjects.ref', 'subjects.title');
  filter(query, 'subjects.id');
  return new Map((await query).map(({ ref, title }) => [ref, title]));
}
