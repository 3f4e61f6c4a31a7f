import { CdEvent } from '@waymark/plugin-golden-paths-common';
import { parseCloudEvent } from '../events/parseCloudEvent';

/**
 * An event of an adapter, held to what every event is held to.
 *
 * @internal
 * @throws InputError that names what is wrong
 */
export function checkEvent(event: CdEvent, options: { now: number }): CdEvent {
  const { id, source, type, timestamp } = event.context;
  return parseCloudEvent(
    {
      specversion: '1.0',
      id,
      source,
      type,
      time: timestamp,
      subject: event.subject.id,
      datacontenttype: 'application/json',
      data: event,
    },
    options,
  ).data;
}
