import { countFitting } from '@waymark/backend-support';
import { TemplateServices } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { lastPathWeek } from './lastPathWeek';
import { readSince } from './readSince';
import { readUpgrades } from './readUpgrades';
import { FollowersFilter, selectFollowers } from './selectFollowers';

interface Row {
  id: number;
  ref: string;
  title: string | null;
  owner_ref: string | null;
  version: string | null;
  behind: boolean | number;
}

/**
 * Services that follow a golden path, by their refs: what is behind the numbers of
 * `templateReport`.
 *
 * @returns `next`: the ref after which the next page begins
 * @internal
 */
export async function followersReport(
  options: Omit<FollowersFilter, 'week'> & {
    knex: Knex;
    /** The last week. */
    until: string;
    after?: string;
    limit: number;
  },
): Promise<{ report: Omit<TemplateServices, 'nextCursor'>; next?: string }> {
  const { knex, until, after, limit, templateRef } = options;
  const week = await lastPathWeek(knex, until);
  const filter = { ...options, week };
  // All of them first: in the order of the refs, PostgreSQL would look for each
  // entity of the catalog among them until the page is full
  const page = knex
    .withMaterialized(
      'followers',
      selectFollowers(knex, filter)
        .join('entities', 'entities.id', 'path_weeks.entity_id')
        .select(
          'entities.id',
          'entities.ref',
          'entities.title',
          'entities.owner_ref',
          'path_weeks.version',
          'path_weeks.behind',
        ),
    )
    .from('followers')
    .orderBy('ref')
    .limit(limit + 1)
    .select<Row[]>('*');
  if (after !== undefined) {
    page.where('ref', '>', after);
  }
  const [rows, [{ total }], template] = await Promise.all([
    page,
    selectFollowers(knex, filter).count({ total: '*' }),
    knex('template_versions')
      .where({ template_ref: templateRef })
      .first('version'),
  ]);
  const newest: string | undefined = template?.version ?? undefined;
  const shown = rows.slice(0, limit);
  const [since, upgrades] = await Promise.all([
    readSince({ knex, week, entityIds: shown.map(({ id }) => id) }),
    newest === undefined
      ? undefined
      : readUpgrades({
          knex,
          version: newest,
          entityRefs: shown
            .filter(({ behind }) => behind)
            .map(({ ref }) => ref),
        }),
  ]);
  const all = shown.map(row => ({
    entityRef: row.ref,
    title: row.title ?? undefined,
    ownerRef: row.owner_ref ?? undefined,
    version: row.version ?? '',
    behind: Boolean(row.behind),
    since: since.get(row.id) ?? week,
    upgrade: upgrades?.get(row.ref),
  }));
  const items = all.slice(0, countFitting(all));
  return {
    report: { items, totalItems: Number(total), newest },
    ...(items.length < rows.length && { next: items.at(-1)?.entityRef }),
  };
}
