import { NarrowEntities } from '@waymark/backend-support';
import { Knex } from 'knex';

/** What stands for services of which no version is known. */
const NO_VERSION = 'none';

/** Which services that follow a template are asked for. */
export interface FollowersFilter {
  narrow: NarrowEntities;
  /** A week that is known. */
  week: string;
  templateRef: string;
  /** Only with this one; `none`: with none that is known. */
  version?: string;
  /** Only with an older version than the newest, or only without. */
  behind?: boolean;
}

/**
 * Services that follow a template, as they were counted in a week: those that only
 * claim it do not.
 *
 * @internal
 */
export function selectFollowers(
  knex: Knex,
  filter: FollowersFilter,
): Knex.QueryBuilder {
  const { narrow, week, templateRef, version, behind } = filter;
  const query = knex('path_weeks').where({
    'path_weeks.week': week,
    'path_weeks.template_ref': templateRef,
    'path_weeks.verified': true,
  });
  if (version === NO_VERSION) {
    query.whereNull('path_weeks.version');
  } else if (version !== undefined) {
    query.where('path_weeks.version', version);
  }
  if (behind !== undefined) {
    query.where('path_weeks.behind', behind);
  }
  narrow(query, 'path_weeks.entity_id');
  return query;
}
