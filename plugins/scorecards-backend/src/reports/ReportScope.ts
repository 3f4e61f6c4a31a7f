import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  EntitySelection,
  listReadable,
  NarrowEntities,
  narrowToSelection,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';

/**
 * What a report is about.
 *
 * @internal
 */
export interface ReportScope {
  /** Of those that the caller may read, the live ones or those that were named, by title. */
  scorecards: readonly ScorecardDefinition[];
  /** Only some of those, so that it pays to leave the others out early. */
  someScorecards: boolean;
  /** All entities count: the caller may read everything, and asks for no part of it. */
  everything: boolean;
  /** Narrows a query to the entities that count. */
  narrow: NarrowEntities;
}

/**
 * Finds out what a report may count.
 *
 * @param options - `scorecardRefs`: also drafts that the caller owns, and retired
 * ones; default: all that are live
 * @internal
 */
export async function findReportScope(options: {
  access: ScorecardAccess;
  asOf?: number;
  credentials: BackstageCredentials;
  knex: Knex;
  readable: ReadableScorecards;
  scorecardRefs?: readonly string[];
  selection: EntitySelection;
}): Promise<ReportScope> {
  const { access, asOf, credentials, knex, scorecardRefs, selection } = options;
  const readable = await options.readable.list(credentials, asOf);
  const scorecards = readable.filter(({ lifecycle, ref }) =>
    scorecardRefs ? scorecardRefs.includes(ref) : lifecycle === 'live',
  );
  const missing = scorecardRefs?.find(
    wanted => !scorecards.some(({ ref }) => ref === wanted),
  );
  if (missing) {
    throw new NotFoundError(`There is no scorecard ${missing}`);
  }

  const filter = await access.filter(credentials);
  const select = await narrowToSelection({ knex, filter, selection });
  return {
    scorecards,
    someScorecards: scorecardRefs !== undefined,
    everything: filter.everything && !select,
    narrow: await listReadable({ knex, filter, select }),
  };
}
