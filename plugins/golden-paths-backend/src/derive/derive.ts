import { Weeks } from '../calendar/Weeks';
import { inCanonicalOrder } from './canonicalOrder';
import { findChanges } from './changes';
import { findDeployments } from './deployments';
import { Derive } from './Derived';
import { environmentTiers } from './environmentTiers';
import { findEnvironments } from './environments';
import { readFact } from './Fact';
import { markFailures } from './failures';
import { findIncidents } from './incidents';
import { findFailedAttempts, findPipelineRuns } from './pipelineRuns';
import { withFullRevisions, withRevisionsOfArtifacts } from './revisions';
import { rollUp } from './rollups';
import { findTickets } from './tickets';

/**
 * Counts whenever the same events give something else than before; all that was
 * derived with another one has to be derived anew.
 *
 * @internal
 */
export const DERIVATION_VERSION = 1;

/** @internal */
export const derive: Derive = (events, settings) => {
  const facts = withRevisionsOfArtifacts(
    withFullRevisions(inCanonicalOrder(events).map(readFact)),
  );
  const tierOf = environmentTiers(facts, settings.environments);
  const found = findDeployments({ facts, tierOf });
  const changes = findChanges({ facts, deployments: found });
  const incidents = findIncidents({
    facts,
    deployments: found,
    tierOf,
    window: settings.incidentWindow,
  });
  markFailures({
    deployments: found,
    incidents,
    attempts: findFailedAttempts(facts),
  });

  const derived = {
    deployments: found.map(({ row }) => row),
    changes,
    incidents: incidents.map(({ row }) => row),
    tickets: findTickets(facts),
    pipelineRuns: findPipelineRuns(facts),
    environments: findEnvironments(facts),
  };
  return { ...derived, rollups: rollUp(derived, Weeks.of(settings.timeZone)) };
};
