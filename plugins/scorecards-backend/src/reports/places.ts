import { HeatmapReport } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { GroupTree } from '../permissions/GroupTree';
import { SubjectFilter } from '../permissions/SubjectFilter';

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
  const query = ofKind(knex, kind)
    .whereNotNull('subjects.title')
    .select<{ ref: string; title: string }[]>('subjects.ref', 'subjects.title');
  filter(query, 'subjects.id');
  return new Map((await query).map(({ ref, title }) => [ref, title]));
}

/** Which domain each system is part of. */
async function readDomains(
  knex: Knex,
  filter: SubjectFilter,
): Promise<Map<string, string>> {
  const query = ofKind(knex, 'system')
    .join('subject_search as domain', 'domain.subject_id', 'subjects.id')
    .where('domain.key', 'relations.partof')
    .whereLike('domain.value', 'domain:%')
    .orderBy('domain.value', 'desc')
    .select<{ ref: string; domain: string }[]>(
      'subjects.ref',
      'domain.value as domain',
    );
  filter(query, 'subjects.id');
  return new Map((await query).map(({ ref, domain }) => [ref, domain]));
}

function ofKind(knex: Knex, kind: string): Knex.QueryBuilder {
  return knex('subject_search as kind')
    .join('subjects', 'subjects.id', 'kind.subject_id')
    .where({ 'kind.key': 'kind', 'kind.value': kind })
    .whereNull('subjects.deleted_at');
}
