import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { EntityAccess } from '../permissions/EntityAccess';
import { GroupTree } from '../permissions/GroupTree';
import { listReadable, NarrowSubjects } from '../permissions/listReadable';
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
  /** Narrows a query to the entities that count. */
  narrow: NarrowSubjects;
}

/**
 * Finds out what a report may count.
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

  const filter = await access.filter(credentials);
  const ownerRefs =
    owner === undefined
      ? undefined
      : (await GroupTree.read(knex, filter)).downwards(owner);
  return {
    scorecards,
    someScorecards: scorecardRefs !== undefined,
    everything: filter.everything && !ownerRefs,
    narrow: await listReadable({ knex, filter, ownerRefs }),
  };
}
