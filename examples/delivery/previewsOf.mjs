import { daysOf, DAY, HOUR, MINUTE, phaseOf } from './calendar.mjs';
import { cloudEvent, sources } from './cdEvents.mjs';
import { chance } from './random.mjs';

/** Environments for a few days, in which a change can be looked at. */
export function previewsOf(previews, { anchor, until }) {
  const events = [];
  for (const day of daysOf({ anchor, until })) {
    const phase = phaseOf(previews.phases, day.week);
    for (const service of day.isWorkday && phase ? previews.services : []) {
      const random = chance('preview', service, day.name);
      if (!random.happens(phase.perWeek / 5)) {
        continue;
      }
      const requestedAt = day.start + random.between(8, 15) * HOUR;
      const createdAt = requestedAt + random.around(phase.minutes) * MINUTE;
      const preview = {
        source: sources.clusters,
        entity: service,
        subject: `preview-${service}-${day.name}`,
        content: { name: `preview ${day.name}` },
      };
      events.push(
        cloudEvent({
          ...preview,
          id: `${preview.subject} created`,
          type: 'environment.created',
          at: Math.round(createdAt),
          customData: { requestedAt: new Date(requestedAt).toISOString() },
        }),
        cloudEvent({
          ...preview,
          id: `${preview.subject} deleted`,
          type: 'environment.deleted',
          at: Math.round(createdAt + random.between(1, 9) * DAY),
        }),
      );
    }
  }
  return events;
}
