import { CloudEvent } from '../CloudEvent';
import { parseTimestamp } from './parseTimestamp';

/**
 * CDEvents' binding to CloudEvents: the attributes repeat the context.
 *
 * @returns the names of attributes that say something else
 * @internal
 */
export function bindingIssues(event: CloudEvent): string[] {
  const { context, subject } = event.data;
  const { time = context.timestamp } = event;
  const pairs: [string, unknown, unknown][] = [
    ['id', event.id, context.id],
    ['source', event.source, context.source],
    ['type', event.type, context.type],
    // The same moment can be written in several ways
    ['time', parseTimestamp(time), parseTimestamp(context.timestamp)],
    ['subject', event.subject ?? subject.id, subject.id],
  ];
  return pairs
    .filter(([, outer, inner]) => outer !== inner)
    .map(([name]) => name);
}
