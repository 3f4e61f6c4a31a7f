import type { DeliveryEvent } from '@waymark/plugin-golden-paths-common';

/** The words of CDEvents that are put together in a type. */
const SUBJECTS: Record<string, string> = {
  pipelinerun: 'Pipeline run',
  taskrun: 'Stage',
  testsuiterun: 'Test suite',
  testcaserun: 'Test case',
  testoutput: 'Test output',
};

const PREDICATES: Record<string, string> = { rolledback: 'rolled back' };

/**
 * What happened, as a title: `Service deployed`.
 *
 * @param type - such as `dev.cdevents.service.deployed.0.3.0`, or `service.deployed`
 */
export function describeType(type: string): string {
  const [subject, predicate] = type.replace(/^dev\.cdevents\./, '').split('.');
  const name =
    SUBJECTS[subject] ??
    subject.charAt(0).toLocaleUpperCase('en-US') + subject.slice(1);
  return `${name} ${PREDICATES[predicate] ?? predicate}`;
}

/** A text at a place of something of which nothing is known. */
function textAt(value: unknown, ...path: string[]): string | undefined {
  let current = value;
  for (const name of path) {
    current =
      typeof current === 'object' && current !== null
        ? (current as Record<string, unknown>)[name]
        : undefined;
  }
  return typeof current === 'string' && current !== '' ? current : undefined;
}

/** The rest of it in a few words: environment, artifact, outcome. */
export function describeDetails(event: DeliveryEvent): string {
  const { content } = event.data.subject;
  return [
    textAt(content, 'environment', 'id'),
    textAt(content, 'outcome'),
    textAt(content, 'artifactId'),
    textAt(content, 'pipelineName') ?? textAt(content, 'taskName'),
    textAt(content, 'description') ?? textAt(content, 'summary'),
  ]
    .filter(text => text !== undefined)
    .join(' · ');
}

/** Those that something is made of; the filter offers them. */
export const EVENT_TYPES = [
  'change.merged',
  'pipelinerun.started',
  'pipelinerun.finished',
  'artifact.published',
  'service.deployed',
  'service.upgraded',
  'service.rolledback',
  'environment.created',
  'environment.deleted',
  'incident.detected',
  'incident.resolved',
  'repository.created',
  'ticket.created',
  'ticket.closed',
];
