import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { whereAny } from '../database/whereAny';
import { EntityAccess } from '../permissions/EntityAccess';
import { GroupTree } from '../permissions/GroupTree';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';

/**
 * What a report is about.
 *
 * @internal
 */
export interface ReportScope {
  /** The live ones that the caller may read, by title. */
  scorecards: readonly ScorecardDefinition[];
  /** Only some of those, so that it pays to leave the others out early. */
  someScorecards: boolean;
  /** All entities count: the caller may read everything, and no owner was named. */
  everything: boolean;
  /**
   * Narrows a query to the entities that count.
   *
   * @param column - that holds the id of a subject
   */
  narrow(query: Knex.QueryBuilder, column: string): void;
}

/**
 * Finds out what a report may count.
 *
 * The subjects are listed first and then handed over as one array. It is the
 * difference between 80 and 800 ms at a million outcomes: PostgreSQL hashes the
 * array and shares the scan between workers, which it does not do for a
 * condition with sub-queries.
 *
 * @param options - `owner`: that one and, of a group, all below it
 * @internal
 */
export async function findReportScope(options: {
  access: EntityAccess;
  asOf?: number;
  credentials: BackstageCredentials;
  knex: Knex;
  owner?: string;
  readable: ReadableScorecards;
  scorecardRefs?: readonly string[];
}): Promise<ReportScope> {
  const { access, asOf, credentials, knex, owner, scorecardRefs } = options;
  const live = (await options.readable.list(credentials, asOf)).filter(
    ({ lifecycle }) => lifecycle === 'live',
  );
  const scorecards = live.filter(
    ({ ref }) => !scorecardRefs || scorecardRefs.includes(ref),
  );
  const missing = scorecardRefs?.find(ref => !live.some(s => s.ref === ref));
  if (missing) {
    throw new NotFoundError(`There is no live scorecard ${missing}`);
  }
  const scope = {
    scorecards,
    someScorecards: scorecardRefs !== undefined,
  };

  const filter = await access.filter(credentials);
  if (filter.everything && !owner) {
    return { ...scope, everything: true, narrow: () => {} };
  }
  const subjects = knex('subjects').select<{ id: number }[]>('id');
  filter(subjects, 'subjects.id');
  if (owner) {
    const groups = await GroupTree.read(knex, filter);
    whereAny(knex, subjects, 'subjects.owner_ref', groups.downwards(owner));
  }
  const ids = (await subjects).map(({ id }) => id);
  return {
    ...scope,
    everything: false,
    narrow: (query, column) => {
      whereAny(knex, query, column, ids);
    },
  };
}
