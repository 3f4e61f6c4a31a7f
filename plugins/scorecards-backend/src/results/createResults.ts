import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { Router } from 'express';
import { Knex } from 'knex';
import { FactCollectorRegistry } from '../collectors/FactCollectorRegistry';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { createEntitiesRouter } from './createEntitiesRouter';
import { createResultsRouter } from './createResultsRouter';
import { createScorecardsRouter } from './createScorecardsRouter';
import { EntityScorecardsReader } from './entity/EntityScorecardsReader';
import { RuleRevisions } from './RuleRevisions';

/**
 * Everything that is read about outcomes, except counts.
 *
 * @returns `reader`: for others who answer with the scorecards of an entity
 * @internal
 */
export function createResults(options: {
  access: ScorecardAccess;
  auditor: AuditorService;
  collectors: Pick<FactCollectorRegistry, 'list'>;
  database: Knex;
  httpAuth: HttpAuthService;
  now: () => number;
  readable: ReadableScorecards;
}): { reader: EntityScorecardsReader; routers: Router[] } {
  const deps = { ...options, knex: options.database };
  const revisions = new RuleRevisions(deps);
  const reader = new EntityScorecardsReader({ ...deps, revisions });
  return {
    reader,
    routers: [
      createScorecardsRouter(deps),
      createResultsRouter({ ...deps, revisions }),
      createEntitiesRouter({ ...deps, reader, revisions }),
    ],
  };
}
