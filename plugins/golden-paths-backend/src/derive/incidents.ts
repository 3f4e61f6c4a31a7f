import { DerivedIncident, Tier } from './Derived';
import { Deployment } from './Deployment';
import { Fact } from './Fact';
import { IncidentCauses } from './IncidentCauses';
import { readTitle } from './texts';

/**
 * An incident, and the deployments that may be its cause or its end.
 *
 * @internal
 */
export interface Incident {
  row: DerivedIncident;
  /** Of the events that detected it. */
  eventIds: string[];
  cause?: Deployment;
  /** The last deployment of where it was before it was resolved. */
  mendedBy?: Deployment;
}

/**
 * Incidents, by when they were detected first.
 *
 * - Detected again before it is resolved, it is the same incident.
 * - Detected again after it was resolved, it is open again, until it is resolved
 *   again.
 * - Resolved only before it was detected, the clocks of the two senders differ: it
 *   is resolved at the moment it was detected.
 * - Resolved, but never detected, it is none.
 *
 * @internal
 */
export function findIncidents(options: {
  facts: Fact[];
  deployments: Deployment[];
  tierOf: (environment: string) => Tier;
  /** Milliseconds. */
  window: number;
}): Incident[] {
  const reports = new Map<string, Fact[]>();
  for (const fact of options.facts) {
    if (fact.event.type.startsWith('incident.')) {
      const others = reports.get(fact.subjectId);
      if (others) {
        others.push(fact);
      } else {
        reports.set(fact.subjectId, [fact]);
      }
    }
  }

  if (reports.size === 0) {
    return [];
  }

  const causes = new IncidentCauses(options);
  return [...reports.values()]
    .flatMap(ofOne => readIncident(ofOne, causes) ?? [])
    .sort((a, b) => a.row.detectedAt - b.row.detectedAt);
}

function isResolution({ event }: Fact): boolean {
  return event.type === 'incident.resolved';
}

function isDetection({ event }: Fact): boolean {
  return (
    event.type === 'incident.detected' || event.type === 'incident.reported'
  );
}

function readIncident(
  reports: Fact[],
  causes: IncidentCauses,
): Incident | undefined {
  const detections = reports.filter(isDetection);
  if (detections.length === 0) {
    return undefined;
  }
  const [detection] = detections;
  const { event } = detection;
  const first = <K extends 'environment' | 'url'>(key: K) =>
    detections.find(fact => fact[key])?.[key];
  const environment = first('environment');
  const detectedAt = event.occurredAt;
  const resolvedAt = whenResolved(reports, detectedAt);
  const { deployment: cause, link } = causes.find({
    detections,
    environment,
    detectedAt,
  });
  return {
    row: {
      incidentId: detection.subjectId,
      eventSequence: event.sequence,
      environment,
      title: detections
        .map(({ content }) => readTitle(content.description))
        .find(Boolean),
      detectedAt,
      resolvedAt,
      deploymentSequence: cause?.row.eventSequence,
      link,
      sample: event.sample,
      url: first('url'),
    },
    eventIds: detections.map(fact => fact.event.id),
    cause,
    mendedBy:
      resolvedAt === undefined
        ? undefined
        : causes.lastBetween({ environment, from: detectedAt, to: resolvedAt }),
  };
}

/** @param reports - the earliest first */
function whenResolved(reports: Fact[], detectedAt: number): number | undefined {
  const last = [...reports].reverse().find(isResolution);
  if (!last) {
    return undefined;
  }
  const detection = reports.findIndex(isDetection);
  const isDetectedAgain = reports
    .slice(reports.indexOf(last))
    .some(isDetection);
  if (!isDetectedAgain) {
    return last.event.occurredAt;
  }
  // In between, it was resolved and detected anew
  return detection < reports.indexOf(last) ? undefined : detectedAt;
}
