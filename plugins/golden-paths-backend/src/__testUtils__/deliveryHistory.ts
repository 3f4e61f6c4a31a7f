import { IncomingEvent } from '../events/EventIntake';
import { happened } from './DeliveryBench';

const DAY_MS = 24 * 3_600_000;

/**
 * What may happen to some services in some weeks: merges, runs, deployments to two
 * environments, incidents, tickets. The same numbers give the same.
 */
export function deliveryHistory(options: {
  names: readonly string[];
  from: string;
  days: number;
}): IncomingEvent[] {
  const { names, from, days } = options;
  const start = Date.parse(from);
  return names.flatMap((name, service) =>
    Array.from({ length: days }, (_, day) => {
      const at = (minutes: number) =>
        new Date(start + day * DAY_MS + (service * 7 + minutes) * 60_000)
          .toISOString()
          .replace('.000', '');
      const id = (what: string) => `${name}-${day}-${what}`;
      const revision = `${service}${day}`.padStart(40, 'a');
      const deployed = (environment: string, minutes: number) =>
        happened('service.deployed', at(minutes), {
          id: id(environment),
          name,
          content: {
            environment: { id: environment },
            artifactId: `pkg:oci/${name}@${revision}`,
          },
          custom: { revision },
        });
      return [
        happened('change.merged', at(0), {
          id: id('change'),
          name,
          subjectId: `${name}#${day}`,
          content: {},
          custom: { revision },
        }),
        happened('pipelinerun.started', at(1), {
          id: id('started'),
          name,
          subjectId: `${name}-run-${day}`,
          content: { pipelineName: 'build' },
        }),
        happened('pipelinerun.finished', at(9), {
          id: id('finished'),
          name,
          subjectId: `${name}-run-${day}`,
          content: {
            pipelineName: 'build',
            outcome: day % 4 === 3 ? 'failure' : 'success',
          },
        }),
        deployed('staging', 10),
        deployed('production', 30 + (day % 5) * 60),
        ...(day % 6 === 5
          ? [
              happened('incident.detected', at(400), {
                id: id('incident'),
                name,
                subjectId: `${name}-incident-${day}`,
                content: { environment: { id: 'production' } },
              }),
              happened('incident.resolved', at(460), {
                id: id('resolved'),
                name,
                subjectId: `${name}-incident-${day}`,
                content: { environment: { id: 'production' } },
              }),
              happened('ticket.created', at(410), {
                id: id('ticket'),
                name,
                subjectId: `${name}-ticket-${day}`,
                content: { summary: 'Help', uri: 'https://tickets.example/1' },
                custom: { category: 'pipeline' },
              }),
            ]
          : []),
      ];
    }).flat(),
  );
}
